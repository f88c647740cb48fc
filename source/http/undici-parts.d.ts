// Types of the undici modules that ktop imports by file.
declare module 'undici/lib/dispatcher/client.js' {
	export {Client as default} from 'undici';
}

declare module 'undici/lib/dispatcher/pool.js' {
	export {Pool as default} from 'undici';
}

declare module 'undici/lib/core/socks5-client.js' {
	import type {EventEmitter} from 'node:events';
	import type {Socket} from 'node:net';

	type Events = {authenticated: []; connected: []; error: [Error]; close: []};

	/** The client side of RFC 1928 and RFC 1929 on a connected socket. */
	export class Socks5Client extends EventEmitter<Events> {
		constructor(
			socket: Socket,
			login?: {readonly username?: string | undefined; readonly password?: string | undefined},
		);
		handshake(): void;
		connect(host: string, port: number): void;
		readonly onSocketError: (error: Error) => void;
		readonly onSocketClose: () => void;
	}
}
