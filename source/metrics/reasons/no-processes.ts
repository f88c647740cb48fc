import {failureOf} from '../model/node-state.ts';
import type {NodeRow} from '../model/row.ts';

/** Answers for an empty list of processes: why is it empty? `isListed` is true of a source that has them by any route. */
export function whyNoProcesses(nodes: readonly NodeRow[], isListed: boolean): string {
	const able = nodes.filter(
		({state}) =>
			state.kind === 'live' && (isListed || state.route.kind === 'local' || state.route.kind === 'cadvisor'),
	);
	if (able.length === 0) {
		return nodes.some(({state}) => state.kind === 'past')
			? 'those of the past are not kept'
			: 'only --source local and --source cadvisor list them';
	}

	return (
		able.map(({state}) => failureOf(state)?.message).find(message => message !== undefined) ?? 'not read yet'
	);
}
