import {bearerTokenFromFile} from '../http/bearer-token-file.ts';
import type {TlsOptions} from '../http/endpoint.ts';
import {readBounded} from '../http/read-bounded.ts';
import {KtopError} from '../metrics/model/failure.ts';
import {systemErrorWords} from '../metrics/model/system-error.ts';
import type {Access} from '../options/options.ts';

/** Credentials and certificates, read from the files given by the access flags. */
export type AccessCredentials = {
	readonly kubeletTls: TlsOptions;
	readonly tls: TlsOptions;
	readonly authorization: (() => Promise<string | undefined>) | undefined;
};

/** Throws `KtopError` (`usage`) that names the flag and the file. */
export async function readAccess(access: Access): Promise<AccessCredentials> {
	const identity = {
		certificate: await readPem('--client-certificate', access.clientCertificateFile),
		key: await readPem('--client-key', access.clientKeyFile),
	};
	const {token, tokenFile} = access;
	return {
		kubeletTls: {
			...identity,
			ca: await readPem('--kubelet-ca', access.kubeletAuthorityFile),
			serverName: access.kubeletServerName,
			isInsecure: access.isKubeletInsecure,
		},
		tls: {
			...identity,
			ca: await readPem('--certificate-authority', access.authorityFile),
			isInsecure: access.isInsecure,
		},
		authorization:
			token !== undefined
				? async () => `Bearer ${token}`
				: tokenFile === undefined
					? undefined
					: bearerTokenFromFile(tokenFile),
	};
}

/** The text of a PEM file. Throws `KtopError` (`usage`) that names the flag. */
export async function readPem(flag: string, file: string | undefined): Promise<Buffer | undefined> {
	if (file === undefined) {
		return undefined;
	}

	let content: Buffer;
	try {
		content = await readBounded(file);
	} catch (error) {
		throw unusable(flag, file, `cannot be read: ${systemErrorWords(error)}`, error);
	}

	// Node accepts text that is not PEM as a CA without an error, and then trusts no certificate.
	if (!content.includes('-----BEGIN ')) {
		throw unusable(flag, file, 'is no PEM file');
	}

	return content;
}

function unusable(flag: string, file: string, why: string, cause?: unknown): KtopError {
	return new KtopError(
		{
			code: 'usage',
			brief: 'bad certificate file',
			message: `${flag} ${file} ${why}`,
			hint: `give ${flag} a readable file in PEM format (-----BEGIN …)`,
		},
		{cause},
	);
}
