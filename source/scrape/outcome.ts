import {type Failure, KtopError} from '../metrics/model/failure.ts';
import type {NodeState} from '../metrics/model/node-state.ts';
import type {Scrape, Target} from './target.ts';

export type LiveState = Extract<NodeState, {kind: 'live'}>;
export type FailedState = Extract<NodeState, {kind: 'failed'}>;

/** Gets the outcome of every scrape, with the state that it leaves the node in. */
export type ScrapeListener = {
	readonly onScrape: (target: Target, scrape: Scrape, state: LiveState) => void;
	readonly onFailure: (target: Target, state: FailedState) => void;
};

/** Why a better route was not used is kept as plain data: recordings would lose the message of an error. */
export function liveState({route, latencyMs, degraded}: Scrape): LiveState {
	return {
		kind: 'live',
		route,
		latencyMs,
		degraded: degraded instanceof KtopError ? degraded.toFailure() : degraded,
	};
}

/** The state after the first failure of a node that is not retried on a schedule. */
export function failedOnce(failure: Failure, nowMs: number): FailedState {
	return {kind: 'failed', failure, sinceMs: nowMs, attempts: 1, retryAtMs: nowMs};
}
