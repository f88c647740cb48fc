import {connect, type Socket} from 'node:net';
import type {StartTls} from './start-tls.ts';

export type Dial = {
	readonly host: string;
	readonly port: number;
	/** A tunnel to `host` that is open already. */
	readonly through?: Socket | undefined;
	/** Without, the connection is plain. */
	readonly startTls: StartTls | undefined;
	/** For all of it. */
	readonly timeoutMs: number;
	readonly signal: AbortSignal;
};

/** The time was over, before or after TCP accepted the connection. */
export class DialTimeout extends Error {
	override name = 'DialTimeout' as const;
	readonly isAccepted: boolean;
	constructor(isAccepted: boolean) {
		super(isAccepted ? 'no TLS handshake in time' : 'no connection in time');
		this.isAccepted = isAccepted;
	}
}

const KEEP_ALIVE_PROBE_MS = 60_000;

/** A connection that is ready for HTTP, its TLS handshake done. Rejects with `DialTimeout` or Node's own error. */
export function dial({host, port, through, startTls, timeoutMs, signal}: Dial): Promise<Socket> {
	return new Promise((resolve, reject) => {
		signal.throwIfAborted();
		const place = through === undefined ? {host, port} : {socket: through};
		const socket = startTls === undefined ? (through ?? connect({host, port})) : startTls(place);
		let isAccepted = through !== undefined;
		const settle = (): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', onAbort);
			socket.off('error', fail).off('close', onClose);
			// TLS tells an alert without ending the socket; left to itself, its end would hide why. And until the next
			// owner listens, an error must find somebody.
			socket.on('error', error => socket.destroy(error));
		};
		const fail = (error: unknown): void => {
			settle();
			socket.destroy();
			reject(error);
		};
		const onClose = (): void => fail(new Error('the connection was closed'));
		const onAbort = (): void => fail(signal.reason);
		const timer = setTimeout(() => fail(new DialTimeout(isAccepted)), timeoutMs);
		signal.addEventListener('abort', onAbort, {once: true});
		socket.on('error', fail).on('close', onClose);
		const onReady = (): void => {
			settle();
			resolve(socket);
		};
		if (through !== undefined && startTls === undefined) {
			onReady();
			return;
		}

		if (through === undefined) {
			socket.setKeepAlive(true, KEEP_ALIVE_PROBE_MS).setNoDelay(true);
			socket.once('connect', () => {
				isAccepted = true;
			});
		}

		socket.once(startTls === undefined ? 'connect' : 'secureConnect', onReady);
	});
}
