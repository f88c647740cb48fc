import type {NodeState} from '../../source/metrics/model/node-state.ts';

/** A node that answered at its last visit. */
export const LIVE: NodeState & {kind: 'live'} = {
	kind: 'live',
	route: 'summary',
	latencyMs: 5,
	degraded: undefined,
};
