import type {Dispatcher} from 'undici';
import {type ReceivedHeaders, receivedHeaders, type SentHeaders} from './headers.ts';
import type {KeptConnections} from './kept-connections.ts';

export type Request = {
	readonly method: 'GET' | 'POST';
	readonly path: string;
	readonly headers: SentHeaders;
	readonly body?: Buffer;
	/** Changes nothing at the server, so that it may be sent twice. */
	readonly isRepeatable: boolean;
};

/** After `onEnd` or `onError` nothing comes any more. */
export type AnswerListener = {
	/** Once it is about to be written to a connection. */
	readonly onConnected: () => void;
	readonly onHead: (status: number, headers: ReceivedHeaders) => void;
	readonly onChunk: (chunk: Buffer) => void;
	readonly onEnd: () => void;
	readonly onError: (error: unknown) => void;
};

export type SentRequest = {
	/** No chunk comes until `resume`, and soon the server can send no more. */
	readonly pause: () => void;
	readonly resume: () => void;
	/** Closes the connection; nothing comes any more. */
	readonly cancel: () => void;
};

/** How a connection says that it is dead. What a connector could not open is a `KtopError`, and none of these. */
const LOST = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/**
 * Sends a request, and once more where the connection was kept from earlier requests and turns out dead before any of
 * the answer came: the server closed it at the moment that it was used again.
 */
export function sendRequest(
	connections: KeptConnections,
	{isRepeatable, ...request}: Request,
	listener: AnswerListener,
): SentRequest {
	let controller: Dispatcher.DispatchController | undefined;
	let leave = (): void => {};
	let isOver = false;
	const attempt = (isLast: boolean): void => {
		let isFirst = false;
		let isAnswered = false;
		const place = connections.enter();
		leave = place.cancel;
		place.dispatch(request, {
			onRequestStart(started) {
				if (isOver) {
					// To abort would close the connection, which is good for others.
					throw new Error('nobody waits for it any more');
				}

				place.leave();
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

				place.leave();
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
		cancel() {
			if (!isOver) {
				isOver = true;
				leave();
				controller?.abort(new Error('nobody waits for it any more'));
			}
		},
	};
}
