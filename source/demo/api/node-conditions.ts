import type {JsonFields} from '../json-fields.ts';
import {stamp} from '../metav1-time.ts';
import type {NodeModel} from '../model/node.ts';

/** `nodeStatusReportFrequency` in the kubelet's configuration. */
const REPORT_INTERVAL_MS = 300_000;
/** `node-monitor-grace-period` of the controller manager: a node is lost after this time without a heartbeat. */
const GRACE_MS = 50_000;

const HEALTHY = [
	['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
	['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
	['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
	['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
] as const;

/** A node's conditions. All are Unknown if the node was lost, at `lostMs`. */
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

/** The time of the kubelet's last status report. Each node has its own offset. */
export function reportedMs({sampleOffsetMs}: NodeModel, timeMs: number): number {
	const offsetMs = (sampleOffsetMs * 7919) % REPORT_INTERVAL_MS;
	return Math.floor((timeMs - offsetMs) / REPORT_INTERVAL_MS) * REPORT_INTERVAL_MS + offsetMs;
}
