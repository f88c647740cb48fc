import type {ClientRequest} from 'node:http';

/** Calls back when the request has its connection, TLS handshake included, or when a new one is not there in time. */
export function watchConnecting(
	request: ClientRequest,
	timeoutMs: number,
	onConnected: () => void,
	onTimeout: () => void,
): void {
	request.once('socket', socket => {
		if (!socket.connecting) {
			onConnected();
			return;
		}

		const timer = setTimeout(onTimeout, timeoutMs);
		const done = (): void => clearTimeout(timer);
		socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => {
			done();
			onConnected();
		});
		socket.once('close', done);
	});
}
