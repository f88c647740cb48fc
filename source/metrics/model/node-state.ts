import type {Failure} from './failure.ts';
import {parseRoute} from './route.ts';

/** How the last read of a node ended. Age is not part of it: a live state may be old. */
export type NodeState =
	| {readonly kind: 'waiting'}
	/** Looked at through a time cursor: the numbers are from the rings, and how they were read is not kept. */
	| {readonly kind: 'past'}
	| {
			readonly kind: 'live';
			/** What the samples were read from: `summary`, `proxy resource`, `cadvisor v2.1`, `local`; see `route.ts`. */
			readonly route: string;
			readonly latencyMs: number;
			/** Why a better route of the same node was not used. */
			readonly degraded: Failure | undefined;
	  }
	/** The node cannot be read now: the numbers are those that a store of the past last had. */
	| {
			readonly kind: 'stored';
			/** `InfluxDB k8s`. */
			readonly store: string;
			readonly atMs: number;
			/** Why it cannot be read; undefined before that is known. */
			readonly failure: Failure | undefined;
	  }
	| {
			readonly kind: 'failed';
			readonly failure: Failure;
			readonly sinceMs: number;
			readonly attempts: number;
			readonly retryAtMs: number;
	  };

/** Why a node cannot be read, or why a better way to read it was not used. */
export function failureOf(state: NodeState): Failure | undefined {
	switch (state.kind) {
		case 'failed':
		case 'stored':
			return state.failure;
		case 'live':
			return state.degraded;
		case 'waiting':
		case 'past':
			return undefined;
	}
}

/** Nothing for the usual routes; ` proxy`, ` read-only`, ` metrics.k8s.io` and ` resource` for others. */
function describeRoute(route: string): string {
	const {via, endpoint} = parseRoute(route);
	if (via !== 'direct') {
		return ` ${via}`;
	}

	return endpoint === 'metrics.k8s.io' || endpoint === 'resource' ? ` ${endpoint}` : '';
}

/** The state of a node's last read in a few words, as the SOURCE column shows it. */
export function describeState(state: NodeState): string {
	switch (state.kind) {
		case 'waiting':
			return 'waiting';
		case 'past':
			return 'past';
		case 'live':
			return `ok ${Math.round(state.latencyMs)}ms${describeRoute(state.route)}`;
		case 'failed':
			return state.failure.brief;
		case 'stored':
			return state.failure === undefined ? 'stored' : `stored: ${state.failure.brief}`;
	}
}
