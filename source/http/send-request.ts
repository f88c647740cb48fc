import type {Dispatcher} from 'undici';
import {type ReceivedHeaders, receivedHeaders, type SentHeaders} from './headers.ts';
import type {KeptConnections} from './kept-connections.ts';
import type {Place} from './open-connections.ts';

export type Request = {
	readonly method: 'GET' | 'POST';
	readonly path: string;
	readonly headers: SentHeaders;
	readonly body?: Buffer;
	/** Whether the request is idempotent and may be resent. */
	readonly isRepeatable: boolean;
};

/** Callbacks for one answer. `onEnd` or `onError` is the last call. */
export type AnswerListener = {
	/** Called just before the request is written to its connection. */
	readonly onConnected: () => void;
	readonly onHead: (status: number, headers: ReceivedHeaders) => void;
	readonly onChunk: (chunk: Buffer) => void;
	readonly onEnd: () => void;
	readonly onError: (error: unknown) => void;
};

export type SentRequest = {
	/** Stops `onChunk` until `resume`; TCP flow control then stops the server. */
	readonly pause: () => void;
	readonly resume: () => void;
	/** Whether the request has no connection yet and one is being opened. */
	readonly isConnecting: () => boolean;
	/** Closes the connection; no callback is called after that. */
	readonly cancel: () => void;
};

/** Error codes of a connection that was closed. Failed connection attempts are `KtopError`s without these codes. */
const LOST = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/**
 * Sends a request. Resends it once if it is idempotent and a reused connection was closed before the answer began: the
 * server then closed the idle connection at the same moment.
 */
export function sendRequest(
	connections: KeptConnections,
	{isRepeatable, ...request}: Request,
	listener: AnswerListener,
): SentRequest {
	let controller: Dispatcher.DispatchController | undefined;
	let place: Place | undefined;
	let isOver = false;
	const attempt = (isLast: boolean): void => {
		let isFirst = false;
		let isAnswered = false;
		const own = connections.enter();
		place = own;
		own.dispatch(request, {
			onRequestStart(started) {
				if (isOver) {
					// Throwing keeps the connection for other requests; aborting would close it.
					throw new Error('the request is no longer needed');
				}

				own.leave();
				controller = started;
				isFirst = connections.isFirstOnConnection();
				listener.onConnected();
			},
			onResponseStart(_controller, status, headers) {
				isAnswered = true;
				if (!isOver && status >= 200) {
					listener.onHead(status, receivedHeaders(headers));
				}
			},
			onResponseData(_controller, chunk) {
				if (!isOver) {
					listener.onChunk(chunk);
				}
			},
			onResponseEnd() {
				if (!isOver) {
					isOver = true;
					listener.onEnd();
				}
			},
			onResponseError(_controller, error) {
				if (isOver) {
					return;
				}

				own.leave();
				const isLost = 'code' in error && LOST.has(String(error.code));
				if (isLost && isRepeatable && !isLast && !isFirst && !isAnswered) {
					attempt(true);
				} else {
					isOver = true;
					listener.onError(error);
				}
			},
		});
	};
	attempt(false);
	return {
		pause: () => controller?.pause(),
		resume: () => controller?.resume(),
		isConnecting: () => place?.isConnecting() === true,
		cancel() {
			if (!isOver) {
				isOver = true;
				place?.cancel();
				controller?.abort(new Error('the request is no longer needed'));
			}
		},
	};
}
