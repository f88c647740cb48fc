import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';
import {integerAt, objectAt, objectsAt, textAt} from './json-field.ts';
import {isSidecar} from './pod-resources.ts';

export type PodStatusSummary = {
	/** The STATUS of `kubectl get pods`. */
	readonly reason: string;
	/** The RESTARTS of `kubectl get pods`. */
	readonly restarts: number;
};

/**
 * The STATUS and RESTARTS of `kubectl get pods`, by the rules of `printPod` in the API server's
 * pkg/printers/internalversion/printers.go.
 *
 * During initialization, the first incomplete init container sets the status and only init restarts count. After that,
 * the first app container with a reason sets the status, and restarts of apps and sidecars count.
 */
export function podStatusSummary(pod: JsonObject): PodStatusSummary {
	const spec = objectAt(pod, 'spec');
	const status = objectAt(pod, 'status');
	const conditions = objectsAt(status, 'conditions');
	const init = initProgress(spec, status);
	const statuses = objectsAt(status, 'containerStatuses');

	let reason = textAt(status, 'reason') ?? textAt(status, 'phase') ?? 'Unknown';
	if (conditions.some(c => c.type === 'PodScheduled' && c.reason === 'SchedulingGated')) {
		reason = 'SchedulingGated';
	}
	let restarts = init.restarts;
	if (init.reason !== undefined) {
		reason = init.reason;
	}
	if (init.reason === undefined || isTrue(conditions, 'Initialized')) {
		reason = statuses.map(containerReason).find(own => own !== undefined) ?? reason;
		restarts = init.sidecarRestarts + sum(statuses);
		if (reason === 'Completed' && statuses.some(isRunningAndReady)) {
			reason = isTrue(conditions, 'Ready') ? 'Running' : 'NotReady';
		}
	}
	return {reason: deletionReason(pod, status) ?? reason, restarts};
}

type InitProgress = {
	/** Undefined when all init containers have completed. */
	readonly reason: string | undefined;
	readonly restarts: number;
	readonly sidecarRestarts: number;
};

function initProgress(spec: JsonObject, status: JsonObject): InitProgress {
	const specified = objectsAt(spec, 'initContainers');
	const sidecars = new Set(specified.filter(isSidecar).map(container => container.name));
	let restarts = 0;
	let sidecarRestarts = 0;
	for (const [index, container] of objectsAt(status, 'initContainerStatuses').entries()) {
		const isSidecarStatus = sidecars.has(container.name);
		const own = integerAt(container, 'restartCount') ?? 0;
		restarts += own;
		if (isSidecarStatus) {
			sidecarRestarts += own;
		}
		const terminated = objectAt(container, 'state').terminated;
		if (isJsonObject(terminated) && terminated.exitCode === 0) {
			continue;
		}
		if (isSidecarStatus && container.started === true) {
			continue;
		}
		return {reason: initReason(container, index, specified.length), restarts, sidecarRestarts};
	}
	return {reason: undefined, restarts, sidecarRestarts};
}

function initReason(container: JsonObject, index: number, count: number): string {
	const {terminated, waiting} = objectAt(container, 'state');
	if (isJsonObject(terminated)) {
		return `Init:${terminationReason(terminated)}`;
	}
	const waitingFor = isJsonObject(waiting) ? textAt(waiting, 'reason') : undefined;
	return waitingFor !== undefined && waitingFor !== 'PodInitializing'
		? `Init:${waitingFor}`
		: `Init:${index}/${count}`;
}

/** Undefined if the container runs, or waits without a reason. */
function containerReason(container: JsonObject): string | undefined {
	const {waiting, terminated} = objectAt(container, 'state');
	const waitingFor = isJsonObject(waiting) ? textAt(waiting, 'reason') : undefined;
	if (waitingFor !== undefined) {
		return waitingFor;
	}
	return isJsonObject(terminated) ? terminationReason(terminated) : undefined;
}

function terminationReason(terminated: JsonObject): string {
	const signal = integerAt(terminated, 'signal') ?? 0;
	return (
		textAt(terminated, 'reason') ??
		(signal === 0 ? `ExitCode:${integerAt(terminated, 'exitCode') ?? 0}` : `Signal:${signal}`)
	);
}

function deletionReason(pod: JsonObject, status: JsonObject): string | undefined {
	if (textAt(objectAt(pod, 'metadata'), 'deletionTimestamp') === undefined) {
		return undefined;
	}
	if (status.reason === 'NodeLost') {
		return 'Unknown';
	}
	const isFinished = status.phase === 'Succeeded' || status.phase === 'Failed';
	return isFinished ? undefined : 'Terminating';
}

function isRunningAndReady(container: JsonObject): boolean {
	return container.ready === true && isJsonObject(objectAt(container, 'state').running);
}

function isTrue(conditions: readonly JsonObject[], type: string): boolean {
	return conditions.find(condition => condition.type === type)?.status === 'True';
}

function sum(statuses: readonly JsonObject[]): number {
	return statuses.reduce((total, container) => total + (integerAt(container, 'restartCount') ?? 0), 0);
}
