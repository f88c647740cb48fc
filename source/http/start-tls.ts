import {isIP, type Socket} from 'node:net';
import {checkServerIdentity, connect} from 'node:tls';
import {secureContext, type Trust} from './trust.ts';

export type TlsIdentity = Trust & {
	/** The name or address that the certificate has to be for. */
	readonly expected: string;
	/** Of an earlier connection, which makes the handshake short. */
	readonly session?: Buffer | undefined;
	readonly onSession?: (session: Buffer) => void;
};

/** Where TLS begins: a server to connect to, or a tunnel to it. */
export type TlsPlace = {readonly host: string; readonly port: number} | {readonly socket: Socket};

/** Begins the handshake; `secureConnect` or `error` of the socket tells how it ended. */
export type StartTls = (place: TlsPlace) => Socket;

/** Throws where key and certificate do not belong together. */
export async function prepareTls({expected, session, onSession, ...trust}: TlsIdentity): Promise<StartTls> {
	const context = await secureContext(trust);
	return place => {
		const socket = connect({
			...place,
			secureContext: context,
			// An address is verified, but must not be sent as a name (RFC 6066, section 3).
			servername: isIP(expected) === 0 ? expected : '',
			checkServerIdentity: (_host, certificate) => checkServerIdentity(expected, certificate),
			rejectUnauthorized: !trust.isInsecure,
			ALPNProtocols: ['http/1.1'],
			...(session === undefined ? {} : {session}),
		});
		return onSession === undefined ? socket : socket.on('session', onSession);
	};
}
