import {decodeBody} from '../../http/decode-body.ts';
import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import type {ScrapeContext} from '../target.ts';
import {decodeThrottling, type ThrottlingSample} from './decode-throttling.ts';
import type {KubeletAccess} from './kubelet-access.ts';

const PATH = '/metrics/cadvisor';

/** cAdvisor samples containers every 10 to 20 s, and a request costs the kubelet about 90 ms of CPU. */
const INTERVAL_MS = 10_000;

/** Tolerance, because a scrape with an interval of 10 s may be slightly early. */
const EARLY_MS = 500;

/** The interval after a failure, which would probably repeat at the same cost. */
const INTERVAL_AFTER_FAILURE_MS = 60_000;

/** Bounds the delay of the scrape, which already has its other metrics. */
const TIMEOUT_MS = 3000;

/** The minimum remaining time of the scrape to send the request. */
const MIN_TIMEOUT_MS = 100;

/** 16 kB for each of 1,000 cgroups: 250 pods with two containers each. */
const MAX_BODY_BYTES = 16 * 2 ** 20;

/** The throttling of a node's containers, or why it is unknown. */
export type NodeThrottling = {
	readonly samples: readonly ThrottlingSample[];
	readonly failure: Failure | undefined;
};

const NOTHING: NodeThrottling = {samples: [], failure: undefined};

/**
 * Reads the throttling of containers from /metrics/cadvisor, the only endpoint of a kubelet that has it. The answer is
 * large, so it is only read for the node that the user views, and at most every 10 s; in between the last result is
 * returned.
 */
export class ThrottlingReader {
	readonly #options: KubeletAccess;
	#last = NOTHING;
	#askedAtMs = Number.NEGATIVE_INFINITY;

	constructor(options: KubeletAccess) {
		this.#options = options;
	}

	/** Only throws `KtopError` `aborted`. */
	async read({signal, deadlineMs}: ScrapeContext): Promise<NodeThrottling> {
		const timeoutMs = Math.min(TIMEOUT_MS, deadlineMs - performance.now());
		const nowMs = this.#options.now();
		const sinceMs = nowMs - this.#askedAtMs;
		const waitMs = this.#last.failure === undefined ? INTERVAL_MS - EARLY_MS : INTERVAL_AFTER_FAILURE_MS;
		// `sinceMs` is negative if the clock was set back.
		if (timeoutMs >= MIN_TIMEOUT_MS && (sinceMs >= waitMs || sinceMs < 0)) {
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

			return {samples: decodeBody(answer, body => decodeThrottling(body, now())), failure: undefined};
		} catch (error) {
			if (!(error instanceof KtopError) || error.code === 'aborted') {
				throw error;
			}

			const failure = error.toFailure();
			return {samples: [], failure: {...failure, message: `throttling is unknown: ${failure.message}`}};
		}
	}
}
