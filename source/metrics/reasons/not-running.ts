import {type ContainerInfo, isFinished, type PodInfo} from '../model/inventory.ts';
import type {ObjectRow} from '../model/row.ts';
import {lastTermination} from '../model/status.ts';

/**
 * Answers for a pod or container: why is nothing running that could be measured? In the API server's words; undefined
 * where something runs, and for nodes and namespaces.
 */
export function whyNotRunning(row: ObjectRow): string | undefined {
	switch (row.kind) {
		case 'pod':
			return row.info && podAtRest(row.info);
		case 'container':
			return (row.info && containerAtRest(row.info)) ?? (row.podInfo && podAtRest(row.podInfo));
		case 'node':
		case 'namespace':
		case 'group':
		case 'workload':
		case 'process':
			return undefined;
	}
}

function podAtRest(info: PodInfo): string | undefined {
	const {reason, message, nodeName, phase, containers} = info;
	const said = [reason, message].filter(part => part !== undefined).join(', ');
	if (isFinished(info)) {
		return `it has ended: ${said}`;
	}

	if (phase === 'Pending') {
		return nodeName === undefined ? `it is on no node yet: ${said}` : `it does not run yet: ${said}`;
	}

	return containers.length > 0 && containers.every(({state}) => state.kind !== 'running')
		? `none of its containers runs: ${said}`
		: undefined;
}

function containerAtRest(container: ContainerInfo): string | undefined {
	const {state} = container;
	switch (state.kind) {
		case 'waiting':
			return `it waits: ${[state.reason ?? 'for no stated reason', state.message].filter(part => part !== undefined).join(', ')}`;
		case 'terminated':
			return `it has ended: ${lastTermination(container)}`;
		case 'running':
		case 'unknown':
			return undefined;
	}
}
