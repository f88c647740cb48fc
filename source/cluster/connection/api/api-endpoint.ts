import type {
	Answer,
	GetOptions,
	LineStream,
	StreamingEndpoint,
	StreamOptions,
} from '../../../http/endpoint.ts';
import type {Credentials} from '../credentials/credential.ts';
import {retryAfterMs} from './retry-after.ts';
import {pause, unlessAborted} from './waiting.ts';

const maxWaitMs = 10_000;
const maxWaits = 2;

export type ApiEndpointOptions = {
	readonly credentials: Credentials;
	/** Put before every path: `/k8s/clusters/c-x`, or empty. */
	readonly basePath: string;
	readonly now: () => number;
	/** Resolves after the time, or rejects as soon as the signal aborts. */
	readonly sleep?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
};

/**
 * An endpoint that tries again where that helps: once with newer credentials after a 401, and at most twice after the
 * time that a 429 or 503 asks for, all within the request's own time limit.
 */
export function apiEndpoint(endpoint: StreamingEndpoint, options: ApiEndpointOptions): StreamingEndpoint {
	const {credentials, basePath, now} = options;
	const sleep = options.sleep ?? pause;

	/** `open` once more with newer credentials, if it was refused and there are any. */
	const authorized = async <Opened extends {readonly status: number}>(
		open: () => Promise<Opened>,
		discard: (refused: Opened) => void,
		signal: AbortSignal | undefined,
	): Promise<Opened> => {
		const used = await unlessAborted(credentials.current(), signal);
		const opened = await open();
		if (opened.status !== 401 || !(await unlessAborted(credentials.refresh(used), signal))) {
			return opened;
		}
		discard(opened);
		return open();
	};

	const get = async (path: string, request: GetOptions): Promise<Answer> => {
		// Only the server's time counts: a login that an exec plugin waits for must not eat the request's.
		let leftMs = request.timeoutMs;
		const open = async (): Promise<Answer> => {
			const startedAt = now();
			const answer = await endpoint.get(basePath + path, {...request, timeoutMs: Math.max(1, leftMs)});
			leftMs -= now() - startedAt;
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
