import type {ContainerInfo, NodeInfo} from './inventory.ts';
import {objectOfRow} from './object-of-row.ts';
import type {Row} from './row.ts';

/** The STATUS that `kubectl get` prints; for a container its state. Undefined where the API server was not asked. */
export function statusOf(row: Row): string | undefined {
	switch (row.kind) {
		case 'node':
			return row.info && nodeStatus(row.info);
		case 'pod':
			return row.info?.reason;
		case 'container':
			return row.info && containerStatus(row.info);
		case 'namespace':
		case 'group':
		case 'workload':
		case 'process':
			return undefined;
		case 'tree':
		case 'problem':
			return statusOf(row.of);
	}
}

/** Whether the row's status is out of date, since the API server no longer answers. */
export function isFrozen(row: Row): boolean {
	const object = objectOfRow(row);
	return 'isFrozen' in object && object.isFrozen === true;
}

/** `Ready`, `NotReady`, `Ready,SchedulingDisabled`, and the pressures (`DiskPressure`) that kubectl leaves out. */
function nodeStatus({readiness, isCordoned, problems}: NodeInfo): string {
	return [
		readiness === 'Ready' ? 'Ready' : 'NotReady',
		...(isCordoned ? ['SchedulingDisabled'] : []),
		...problems.filter(({type, status}) => type !== 'Ready' && status === 'True').map(({type}) => type),
	].join(',');
}

function containerStatus({state}: ContainerInfo): string | undefined {
	switch (state.kind) {
		case 'running':
			return 'Running';
		case 'waiting':
			return state.reason ?? 'Waiting';
		case 'terminated':
			return state.reason ?? (state.exitCode === 0 ? 'Completed' : 'Error');
		case 'unknown':
			return undefined;
	}
}

/** `OOMKilled 137 2h ago` without the time: why the container ended the last time it did. */
export function lastTermination({state, lastTermination}: ContainerInfo): string | undefined {
	const ended = state.kind === 'terminated' ? state : lastTermination;
	return ended && [ended.reason ?? 'ended', ended.exitCode].filter(part => part !== undefined).join(' ');
}
