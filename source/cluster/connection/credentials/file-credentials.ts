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

/** The header of a token; undefined if it is none. RFC 6750 does not allow blanks and control characters. */
const bearer = (token: string): string | undefined =>
	/^[\u0021-\u007E]+$/u.test(token) ? `Bearer ${token}` : undefined;

const noToken = (text: string, what: string) =>
	credentialError(
		`${what} ${text === '' ? 'is empty' : 'contains a blank or another invalid character'}`,
		'get a new token; a file must hold only the token',
	);

const authorizationReader = (user: UserEntry, now: () => number): Reader => {
	const {tokenFile, token, username} = user;
	if (tokenFile !== undefined) {
		const file = rotatingFile(tokenFile, 'token file', now);
		let header: string | undefined;
		return async isForced => {
			const text = (await file.read(isForced)).trim();
			// Kept while the file is being written, and is empty or holds half of another token: as client-go does.
			header = bearer(text) ?? header;
			if (header === undefined) {
				throw noToken(text, `the token file ${tokenFile}`);
			}
			return header;
		};
	}
	if (token !== undefined) {
		return async () => {
			const header = bearer(token.trim());
			if (header === undefined) {
				throw noToken(token.trim(), 'the token');
			}
			return header;
		};
	}
	if (username === undefined) {
		return async () => undefined;
	}
	const pair = Buffer.from(`${username}:${user.password ?? ''}`, 'utf8').toString('base64');
	return async () => `Basic ${pair}`;
};

/** Token file, token, or user and password, in this order; client certificate and key. Rereads changed files. */
export function fileCredentials(user: UserEntry, now: () => number): Credentials {
	const readAuthorization = authorizationReader(user, now);
	const readCertificate = pemReader(user.clientCertificate, 'client certificate', now);
	const readKey = pemReader(user.clientKey, 'client key', now);
	let known: Credential | undefined;

	const read = async (isForced: boolean): Promise<Credential> => {
		const authorization = await readAuthorization(isForced);
		const certificate = await readCertificate(isForced);
		const key = await readKey(isForced);
		const clientCertificate = certificate === undefined || key === undefined ? undefined : {certificate, key};
		const found: Credential = {authorization, clientCertificate};
		if (known !== undefined && isSameCredential(known, found)) {
			return known;
		}
		if (clientCertificate !== undefined && !isKeyOf(clientCertificate)) {
			// Only one of the two files is rotated yet: use the last matching pair until both are.
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
		'the client certificate and client key do not match, or are not PEM',
		'compare with: openssl x509 -noout -pubkey -in CERT; openssl pkey -pubout -in KEY',
		'bad client certificate',
	);
