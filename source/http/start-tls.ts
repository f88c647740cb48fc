import {isIP, type Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import {checkServerIdentity, connect, type TLSSocket} from 'node:tls';
import {secureContext, type Trust} from './trust.ts';

export type TlsIdentity = Trust & {
	/** The host name or IP address that the certificate must match. */
	readonly expected: string;
	/** The TLS session of an earlier connection, to resume it: its certificate is not verified again then. */
	readonly session?: TlsSession | undefined;
	readonly onSession?: (session: TlsSession) => void;
};

export type TlsSession = {
	readonly ticket: Buffer;
	/** The end of the certificate that was verified, after which it must not be resumed; NaN if unknown. */
	readonly validUntilMs: number;
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
			// As in Go: crypto/tls resumes no session of a certificate that has expired.
			...(session === undefined || session.validUntilMs <= Date.now() ? {} : {session: session.ticket}),
		});
		return onSession === undefined ? socket : reportSessions(socket, onSession);
	};
}

function reportSessions(socket: TLSSocket, onSession: (session: TlsSession) => void): Socket {
	let validUntilMs: number | undefined;
	return socket.on('session', (ticket: Buffer) => {
		validUntilMs ??= Date.parse(socket.getPeerX509Certificate()?.validTo ?? '');
		onSession({ticket, validUntilMs});
	});
}
