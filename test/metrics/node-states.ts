import type {NodeState} from '../../source/metrics/model/node-state.ts';
import {parseRoute} from '../../source/metrics/model/route.ts';

/** A node that answered at its last visit. */
export const LIVE: NodeState & {kind: 'live'} = {
	kind: 'live',
	route: parseRoute('summary'),
	latencyMs: 5,
	degraded: undefined,
};
