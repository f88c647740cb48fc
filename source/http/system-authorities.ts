import {readdir, readFile, readlink} from 'node:fs/promises';
import {join} from 'node:path';
import * as tls from 'node:tls';

type Environment = Readonly<Record<string, string | undefined>>;

export type AuthorityPlaces = {readonly files: readonly string[]; readonly folders: readonly string[]};

/** Where distributions keep what they trust; of the files the first that is there counts. Go's list (crypto/x509). */
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

/** Read once, by the first connection that has no CA of its own. */
export function systemAuthorities(): Promise<readonly string[] | undefined> {
	read ??= readAuthorities(process.env, PLACES);
	return read;
}

/**
 * The certificates of the system's store, as Go finds them, on top of those that come with Node; one PEM text each.
 * SSL_CERT_FILE stands for the file, SSL_CERT_DIR (several parted by a colon) for the folders. `undefined` where Node
 * has all of them. What cannot be read is left out: the handshake then says whom it does not know.
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

	// A list given to Node replaces all of its own, these too.
	const extras = extra ? certificatesNotIn(known, [await readFirst([extra])]) : [];
	return [...tls.rootCertificates, ...added, ...extras];
}

async function readFirst(paths: readonly string[]): Promise<string> {
	for (const path of paths) {
		try {
			return await readFile(path, 'latin1');
		} catch {
			// The next one, then.
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

/** The names by hash that OpenSSL looks for lead to other files of the same folder. */
async function isLinkWithin(path: string): Promise<boolean> {
	return !(await readlink(path)).includes('/');
}

/** The store of Windows and macOS, which Node can read since 22.15. */
function storeOfPlatform(): readonly string[] {
	// The types are those of the oldest Node that ktop runs on.
	const {getCACertificates}: typeof tls & {readonly getCACertificates?: (kind: 'system') => string[]} = tls;
	return process.platform === 'linux' ? [] : (getCACertificates?.('system') ?? []);
}

const PEM = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/gu;

/** Adds what it gives to `known`. */
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

/** Without the marks at both ends, however the lines are cut. */
function content(pem: string): string {
	return pem.replace(/-----[^-]+-----|\s/gu, '');
}
