import {isIP, type Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import {checkServerIdentity, connect} from 'node:tls';
import {secureContext, type Trust} from './trust.ts';

export type TlsIdentity = Trust & {
	/** The host name or IP address that the certificate must match. */
	readonly expected: string;
	/** The TLS session of an earlier connection, to resume it. */
	readonly session?: Buffer | undefined;
	readonly onSession?: (session: Buffer) => void;
};

/** A server to connect to, or an open tunnel to it. */
export type TlsPlace = {readonly host: string; readonly port: number} | {readonly socket: Duplex};

/** Starts the handshake. The socket then emits `secureConnect` or `error`. */
export type StartTls = (place: TlsPlace) => Socket;

/** Loads certificates and returns a function that starts TLS. Throws if the key does not match the certificate. */
export async function prepareTls({expected, session, onSession, ...trust}: TlsIdentity): Promise<StartTls> {
	const context = await secureContext(trust);
	return place => {
		const socket = connect({
			...place,
			secureContext: context,
			// An IP address is verified but must not be sent as SNI (RFC 6066, section 3).
			servername: isIP(expected) === 0 ? expected : '',
			checkServerIdentity: (_host, certificate) => checkServerIdentity(expected, certificate),
			rejectUnauthorized: !trust.isInsecure,
			ALPNProtocols: ['http/1.1'],
			...(session === undefined ? {} : {session}),
		});
		return onSession === undefined ? socket : socket.on('session', onSession);
	};
}
