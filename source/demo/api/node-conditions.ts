import type {JsonFields} from '../json-fields.ts';
import {stamp} from '../metav1-time.ts';
import type {NodeModel} from '../model/node.ts';

/** `nodeStatusReportFrequency` of the kubelet's configuration. */
const REPORT_INTERVAL_MS = 300_000;
/** `node-monitor-grace-period` of the controller manager: for so long a node may be silent. */
const GRACE_MS = 50_000;

const HEALTHY = [
	['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
	['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
	['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
	['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
] as const;

/** A node's conditions at that time; all are unknown on a node that was `lostMs`. */
export function nodeConditions(
	node: NodeModel,
	lostMs: number | undefined,
	timeMs: number,
): readonly JsonFields[] {
	return HEALTHY.map(([type, status, reason, message]) =>
		lostMs === undefined
			? {
					type,
					status,
					lastHeartbeatTime: stamp(reportedMs(node, timeMs)),
					lastTransitionTime: stamp(node.startMs),
					reason,
					message,
				}
			: {
					type,
					status: 'Unknown',
					lastHeartbeatTime: stamp(lostMs - GRACE_MS),
					lastTransitionTime: stamp(lostMs),
					reason: 'NodeStatusUnknown',
					message: 'Kubelet stopped posting node status.',
				},
	);
}

/** When the kubelet last posted its node's status, each at a moment of its own. */
export function reportedMs({sampleOffsetMs}: NodeModel, timeMs: number): number {
	const offsetMs = (sampleOffsetMs * 7919) % REPORT_INTERVAL_MS;
	return Math.floor((timeMs - offsetMs) / REPORT_INTERVAL_MS) * REPORT_INTERVAL_MS + offsetMs;
}
