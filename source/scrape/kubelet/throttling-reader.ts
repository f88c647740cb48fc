import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import {decodeThrottling, type ThrottlingSample} from './decode-throttling.ts';
import type {KubeletAccess} from './kubelet-access.ts';

const PATH = '/metrics/cadvisor';

/** cAdvisor looks at a container every 10 to 20 s, and an answer costs the kubelet some 90 ms of CPU. */
const ASK_AGAIN_MS = 10_000;

/** Visits of a beat of 10 s come a little early now and then. */
const EARLY_MS = 500;

/** What failed would most often fail again, at the same cost. */
const ASK_AGAIN_AFTER_FAILURE_MS = 60_000;

/** The visit has brought its figures by then, and does not hold them back for longer. */
const TIMEOUT_MS = 3000;

/** With less time than this it waits for the next visit. */
const LEAST_MS = 100;

/** A control group takes 16 kB, and 250 pods of two containers each have a thousand of them. */
const MAX_BODY_BYTES = 16 * 2 ** 20;

/** What is known of the throttling of a node's containers, and why it is not more. */
export type NodeThrottling = {
	readonly samples: readonly ThrottlingSample[];
	readonly failure: Failure | undefined;
};

const NOTHING: NodeThrottling = {samples: [], failure: undefined};

/**
 * Reads from /metrics/cadvisor how far the containers of a node are throttled, which no other endpoint of a kubelet
 * tells. It is large, so it is asked only while somebody looks into the node, and gives what it had last in between.
 */
export class ThrottlingReader {
	readonly #options: KubeletAccess;
	#last = NOTHING;
	#askedAtMs = Number.NEGATIVE_INFINITY;

	constructor(options: KubeletAccess) {
		this.#options = options;
	}

	/** `endMs` is when the visit has to end, on `performance.now()`'s clock. Throws `KtopError` `aborted` alone. */
	async read(signal: AbortSignal, endMs: number): Promise<NodeThrottling> {
		const timeoutMs = Math.min(TIMEOUT_MS, endMs - performance.now());
		const nowMs = this.#options.now();
		const sinceMs = nowMs - this.#askedAtMs;
		const waitMs = this.#last.failure === undefined ? ASK_AGAIN_MS - EARLY_MS : ASK_AGAIN_AFTER_FAILURE_MS;
		// A clock that was set back makes nobody wait for it.
		if (timeoutMs >= LEAST_MS && (sinceMs >= waitMs || sinceMs < 0)) {
			this.#askedAtMs = nowMs;
			this.#last = await this.#ask(signal, timeoutMs);
		}

		return this.#last;
	}

	async #ask(signal: AbortSignal, timeoutMs: number): Promise<NodeThrottling> {
		const {get, failureOf, now} = this.#options;
		try {
			const answer = await get(PATH, {timeoutMs, maxBytes: MAX_BODY_BYTES, accept: 'text/plain', signal});
			if (answer.status !== 200) {
				throw failureOf(PATH, answer).failure;
			}

			return {samples: decodeThrottling(answer.body, now()), failure: undefined};
		} catch (error) {
			if (!(error instanceof KtopError) || error.code === 'aborted') {
				throw error;
			}

			const failure = error.toFailure();
			return {samples: [], failure: {...failure, message: `throttling is not known: ${failure.message}`}};
		}
	}
}
