import type {Failure} from './failure.ts';

/** How the last read of a node ended. Age is not part of it: a live state may be old. */
export type NodeState =
	| {readonly kind: 'waiting'}
	/** Looked at through a time cursor: the numbers are from the rings, and how they were read is not kept. */
	| {readonly kind: 'past'}
	| {
			readonly kind: 'live';
			/** Which way the numbers came: `summary`, `resource`, `cadvisor v2.1`, `local`. */
			readonly route: string;
			readonly latencyMs: number;
			/** Why a better route of the same node was not used. */
			readonly degraded: Failure | undefined;
	  }
	| {
			readonly kind: 'failed';
			readonly failure: Failure;
			readonly sinceMs: number;
			readonly attempts: number;
			readonly retryAtMs: number;
	  };
