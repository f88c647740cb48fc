import type {Failure} from './failure.ts';

/** How the last read of a node ended. Age is not part of it: see `freshness`. */
export type NodeState =
	| {readonly kind: 'waiting'}
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
