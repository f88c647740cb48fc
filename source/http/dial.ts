import {connect, type Socket} from 'node:net';
import {SharedBufferSocket} from './shared-read-buffer.ts';
import type {StartTls} from './start-tls.ts';

export type Dial = {
	readonly host: string;
	readonly port: number;
	/** An open tunnel to `host` to use instead of a new TCP connection. */
	readonly through?: Socket | undefined;
	/** Undefined: no TLS. */
	readonly startTls: StartTls | undefined;
	/** For TLS without a tunnel: see `SharedBufferSocket`. */
	readonly sharesReadBuffer?: boolean | undefined;
	/** The deadline for the connection and the TLS handshake together. */
	readonly timeoutMs: number;
	readonly signal: AbortSignal;
};

/** The deadline passed before the connection was ready; `isAccepted` if TCP had connected. */
export class DialTimeout extends Error {
	override name = 'DialTimeout' as const;
	readonly isAccepted: boolean;
	constructor(isAccepted: boolean) {
		super(isAccepted ? 'TLS handshake timed out' : 'connection timed out');
		this.isAccepted = isAccepted;
	}
}

const KEEP_ALIVE_PROBE_MS = 60_000;

/** Connects and resolves when the socket is ready for HTTP. Rejects with `DialTimeout` or Node's error. */
export function dial({
	host,
	port,
	through,
	startTls,
	sharesReadBuffer,
	timeoutMs,
	signal,
}: Dial): Promise<Socket> {
	return new Promise((resolve, reject) => {
		signal.throwIfAborted();
		const sharing =
			through === undefined && startTls !== undefined && sharesReadBuffer === true
				? new SharedBufferSocket({host, port})
				: undefined;
		const under = through ?? sharing;
		const place = under === undefined ? {host, port} : {socket: under};
		const socket = startTls === undefined ? (through ?? connect({host, port})) : startTls(place);
		const tcp = sharing?.tcp ?? socket;
		let isAccepted = through !== undefined;
		const settle = (): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', onAbort);
			socket.off('error', fail).off('close', onClose);
			// A TLS alert is an `error` without `close`: destroy the socket with it, or its later end hides the cause.
			// This also handles errors until the next owner of the socket listens.
			socket.on('error', destroyWith);
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
			tcp.setKeepAlive(true, KEEP_ALIVE_PROBE_MS).setNoDelay(true);
			tcp.once('connect', () => {
				isAccepted = true;
			});
		}

		socket.once(startTls === undefined ? 'connect' : 'secureConnect', onReady);
	});
}

/** A function of no dial, which would keep its signal, its timer and all else of it for as long as the connection lasts. */
function destroyWith(this: Socket, error: Error): void {
	this.destroy(error);
}
