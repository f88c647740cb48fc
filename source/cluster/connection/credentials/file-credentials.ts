import type {PemSource, UserEntry} from '../kubeconfig/kubeconfig.ts';
import {type Credential, type Credentials, isSameCredential} from './credential.ts';
import {credentialError} from './credential-error.ts';
import {isKeyOf} from './key-pair.ts';
import {rotatingFile} from './rotating-file.ts';

type Reader = (isForced: boolean) => Promise<string | undefined>;

const pemReader = (source: PemSource | undefined, subject: string, now: () => number): Reader => {
	if (source === undefined) {
		return async () => undefined;
	}
	if (source.kind === 'data') {
		return async () => source.pem;
	}
	const file = rotatingFile(source.path, subject, now);
	return isForced => file.read(isForced);
};

/** RFC 6750 leaves no room for blanks and control characters, and a header cannot carry them. */
const bearer = (token: string): string => {
	if (/^[\u0021-\u007E]+$/u.test(token)) {
		return `Bearer ${token}`;
	}
	throw credentialError(
		token === '' ? 'the token is empty' : 'the token holds a blank or another character that no token has',
		'get a new token; a file must hold the token alone',
	);
};

const authorizationReader = (user: UserEntry, now: () => number): Reader => {
	if (user.tokenFile !== undefined) {
		const file = rotatingFile(user.tokenFile, 'token file', now);
		return async isForced => bearer((await file.read(isForced)).trim());
	}
	const {token, username} = user;
	if (token !== undefined) {
		return async () => bearer(token.trim());
	}
	if (username === undefined) {
		return async () => undefined;
	}
	const pair = Buffer.from(`${username}:${user.password ?? ''}`, 'utf8').toString('base64');
	return async () => `Basic ${pair}`;
};

/** Token, token file (which wins), user and password, client certificate and key; files are followed as they change. */
export function fileCredentials(user: UserEntry, now: () => number): Credentials {
	const readAuthorization = authorizationReader(user, now);
	const readCertificate = pemReader(user.clientCertificate, 'client certificate', now);
	const readKey = pemReader(user.clientKey, 'client key', now);
	let known: Credential | undefined;

	const read = async (isForced: boolean): Promise<Credential> => {
		const authorization = await readAuthorization(isForced);
		const certificate = await readCertificate(isForced);
		const key = await readKey(isForced);
		const clientCertificate = certificate && key ? {certificate, key} : undefined;
		const found: Credential = {authorization, clientCertificate};
		if (known !== undefined && isSameCredential(known, found)) {
			return known;
		}
		if (clientCertificate !== undefined && !isKeyOf(clientCertificate)) {
			// In mid-rotation one file is new and the other old; the last good pair holds until both are.
			if (known?.clientCertificate === undefined) {
				throw mismatch();
			}
			known = {authorization, clientCertificate: known.clientCertificate};
			return known;
		}
		known = found;
		return found;
	};

	return {
		current: () => read(false),
		refresh: async rejected => !isSameCredential(await read(true), rejected),
	};
}

const mismatch = () =>
	credentialError(
		'the client certificate and client key are no pair, or one of them is not PEM',
		'compare with: openssl x509 -noout -pubkey -in CERT; openssl pkey -pubout -in KEY',
		'bad client certificate',
	);
