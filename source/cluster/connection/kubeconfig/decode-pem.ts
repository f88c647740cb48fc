import {resolve} from 'node:path';
import type {FieldReader} from './field-reader.ts';
import type {PemSource} from './kubeconfig.ts';

const base64 = /^[A-Za-z0-9+/]*={0,2}$/u;

/**
 * Decodes `certificate-authority`, `client-certificate` and `client-key`. As in client-go, the `…-data` field (base64
 * of PEM) takes precedence over the file.
 */
export function decodePem(fields: FieldReader, name: string, directory: string): PemSource | undefined {
	const field = `${name}-data`;
	const data = fields.text(field);
	if (data !== undefined) {
		const packed = data.replaceAll(/\s+/gu, '');
		if (!base64.test(packed) || packed.length % 4 === 1) {
			throw fields.fail(
				field,
				'is not base64',
				`encode the PEM file with: base64 -w0, or set ${name} to its path`,
			);
		}
		const pem = Buffer.from(packed, 'base64').toString('latin1');
		if (!pem.includes('-----BEGIN ')) {
			throw fields.fail(field, 'does not contain a PEM block', 'encode a PEM file, not DER or a path');
		}
		return {kind: 'data', pem};
	}

	const path = fields.text(name);
	return path === undefined ? undefined : {kind: 'file', path: resolve(directory, path)};
}
