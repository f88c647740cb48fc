import {readdir, readFile, readlink} from 'node:fs/promises';
import {join} from 'node:path';
import * as tls from 'node:tls';

type Environment = Readonly<Record<string, string | undefined>>;

export type AuthorityPlaces = {readonly files: readonly string[]; readonly folders: readonly string[]};

/** The locations of CA certificates in distributions, as in Go's crypto/x509. Only the first existing file is used. */
const PLACES: AuthorityPlaces = {
	files: [
		'/etc/ssl/certs/ca-certificates.crt',
		'/etc/pki/tls/certs/ca-bundle.crt',
		'/etc/ssl/ca-bundle.pem',
		'/etc/pki/tls/cacert.pem',
		'/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
		'/etc/ssl/cert.pem',
	],
	folders: ['/etc/ssl/certs', '/etc/pki/tls/certs'],
};

let read: Promise<readonly string[] | undefined> | undefined;

/** Reads the store once, at the first call. Undefined as for `readAuthorities`. */
export function systemAuthorities(): Promise<readonly string[] | undefined> {
	read ??= readAuthorities(process.env, PLACES);
	return read;
}

/**
 * Node's root certificates plus those of the system's store, found as in Go; one PEM each. SSL_CERT_FILE overrides the
 * file and SSL_CERT_DIR (separated by colons) the folders. Undefined if Node already has all of them. Skips unreadable
 * files: the handshake then fails with an unknown authority.
 */
export async function readAuthorities(
	environment: Environment,
	{files, folders}: AuthorityPlaces,
): Promise<readonly string[] | undefined> {
	const {SSL_CERT_FILE: file, SSL_CERT_DIR: folder, NODE_EXTRA_CA_CERTS: extra} = environment;
	const texts = [
		await readFirst(file ? [file] : files),
		...(await Promise.all((folder ? folder.split(':') : folders).map(readFolder))),
		...storeOfPlatform(),
	];
	const known = new Set(tls.rootCertificates.map(content));
	const added = certificatesNotIn(known, texts);
	if (added.length === 0) {
		return undefined;
	}

	// `ca` replaces all of Node's authorities, including NODE_EXTRA_CA_CERTS, so add those again.
	const extras = extra ? certificatesNotIn(known, [await readFirst([extra])]) : [];
	return [...tls.rootCertificates, ...added, ...extras];
}

async function readFirst(paths: readonly string[]): Promise<string> {
	for (const path of paths) {
		try {
			return await readFile(path, 'latin1');
		} catch {
			// Try the next file.
		}
	}

	return '';
}

async function readFolder(folder: string): Promise<string> {
	try {
		const entries = await readdir(folder, {withFileTypes: true});
		const texts = await Promise.all(
			entries.map(async entry => {
				const path = join(folder, entry.name);
				return entry.isDirectory() || (entry.isSymbolicLink() && (await isLinkWithin(path)))
					? ''
					: readFirst([path]);
			}),
		);
		return texts.join('\n');
	} catch {
		return '';
	}
}

/** True for OpenSSL's hash links, which point to files in the same folder. */
async function isLinkWithin(path: string): Promise<boolean> {
	return !(await readlink(path)).includes('/');
}

/** The store of Windows and macOS, readable since Node 22.15. */
function storeOfPlatform(): readonly string[] {
	// The types are for the oldest supported Node, which lacks this function.
	const {getCACertificates}: typeof tls & {readonly getCACertificates?: (kind: 'system') => string[]} = tls;
	return process.platform === 'linux' ? [] : (getCACertificates?.('system') ?? []);
}

const PEM = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/gu;

/** The certificates whose content is not in `known`; adds them to `known`. */
function certificatesNotIn(known: Set<string>, texts: readonly string[]): readonly string[] {
	const certificates: string[] = [];
	for (const [pem] of texts.join('\n').matchAll(PEM)) {
		const id = content(pem);
		if (!known.has(id)) {
			known.add(id);
			certificates.push(pem);
		}
	}

	return certificates;
}

/** The base64 of a PEM without header, footer and line breaks. */
function content(pem: string): string {
	return pem.replace(/-----[^-]+-----|\s/gu, '');
}
