import type {
	Answer,
	GetOptions,
	LineStream,
	StreamingEndpoint,
	StreamOptions,
} from '../../../http/endpoint.ts';
import type {Credentials} from '../credentials/credential.ts';
import {retryAfterMs} from './retry-after.ts';
import {unlessAborted, waitOrThrow} from './waiting.ts';

const maxWaitMs = 10_000;
const maxWaits = 2;

export type ApiEndpointOptions = {
	readonly credentials: Credentials;
	/** The prefix of every path: `/k8s/clusters/c-x`, or empty. */
	readonly basePath: string;
	readonly now: () => number;
	/** Resolves after `ms`; rejects when the signal aborts. */
	readonly sleep?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
};

/**
 * Adds retries to an endpoint: once with refreshed credentials after a 401, and at most twice after the Retry-After of
 * a 429 or 503. All attempts together stay within the request's timeout.
 */
export function apiEndpoint(endpoint: StreamingEndpoint, options: ApiEndpointOptions): StreamingEndpoint {
	const {credentials, basePath, now} = options;
	const sleep = options.sleep ?? waitOrThrow;

	/** Calls `open`, and once more after a 401 if there are newer credentials. */
	const authorized = async <Opened extends {readonly status: number}>(
		open: () => Promise<Opened>,
		discard: (refused: Opened) => void,
		signal: AbortSignal | undefined,
	): Promise<Opened> => {
		const used = await unlessAborted(credentials.current(), signal, credentials.waitsFor);
		const opened = await open();
		if (
			opened.status !== 401 ||
			!(await unlessAborted(credentials.refresh(used), signal, credentials.waitsFor))
		) {
			return opened;
		}
		discard(opened);
		return open();
	};

	const get = async (path: string, request: GetOptions): Promise<Answer> => {
		// Only the server's time counts: an exec plugin may wait for a login.
		let leftMs = request.timeoutMs;
		const open = async (): Promise<Answer> => {
			const startedAt = performance.now();
			const answer = await endpoint.get(basePath + path, {...request, timeoutMs: Math.max(1, leftMs)});
			leftMs -= performance.now() - startedAt;
			return answer;
		};
		for (let waits = 0; ; waits += 1) {
			const answer = await authorized(open, () => {}, request.signal);
			const waitMs = retryAfterMs(answer, now());
			if (waitMs === undefined || waits === maxWaits || waitMs > maxWaitMs || waitMs >= leftMs) {
				return answer;
			}
			await sleep(waitMs, request.signal);
			leftMs -= waitMs;
		}
	};

	return {
		origin: endpoint.origin,
		get,
		stream: (path: string, request: StreamOptions): Promise<LineStream> =>
			authorized(
				() => endpoint.stream(basePath + path, request),
				refused => refused.close(),
				request.signal,
			),
		close: endpoint.close,
	};
}
