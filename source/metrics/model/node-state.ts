import type {Failure} from './failure.ts';
import type {Route} from './route.ts';

/** How the last read of a node ended. Age is not part of it: a live state may be old. */
export type NodeState =
	| {readonly kind: 'waiting'}
	/** Looked at through a time cursor: the numbers are from the rings, and how they were read is not kept. */
	| {readonly kind: 'past'}
	| {
			readonly kind: 'live';
			readonly route: Route;
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

/** Empty for the usual routes; ` proxy`, ` read-only`, ` metrics.k8s.io` or ` resource` for others. */
function describeUnusual(route: Route): string {
	switch (route.kind) {
		case 'kubelet':
			return route.via !== 'direct' ? ` ${route.via}` : route.endpoint === 'resource' ? ' resource' : '';
		case 'metrics-api':
			return ' metrics.k8s.io';
		case 'cadvisor':
		case 'local':
		case 'unknown':
			return '';
	}
}

/** The state of a node's last read in a few words, as the SOURCE column shows it. */
export function describeState(state: NodeState): string {
	switch (state.kind) {
		case 'waiting':
			return 'waiting';
		case 'past':
			return 'past';
		case 'live':
			return `ok ${Math.round(state.latencyMs)}ms${describeUnusual(state.route)}`;
		case 'failed':
			return state.failure.brief;
		case 'stored':
			return state.failure === undefined ? 'stored' : `stored: ${state.failure.brief}`;
	}
}
