import {isJsonObject} from '../../../metrics/model/json.ts';
import type {ExecEntry} from '../kubeconfig/kubeconfig.ts';
import type {Credential} from './credential.ts';
import {credentialError} from './credential-error.ts';
import {isKeyOf} from './key-pair.ts';

export type ExecCredential = {
	readonly credential: Credential;
	/** Milliseconds since the epoch; `undefined`: good until the server refuses it. */
	readonly expiresAt: number | undefined;
};

/** JSON, or YAML, which kubectl takes too. The parser of that is large: only who needs it loads it. */
async function parse(text: string): Promise<unknown> {
	try {
		return JSON.parse(text);
	} catch {
		try {
			const {parseYaml} = await import('../kubeconfig/parse-yaml.ts');
			return parseYaml(text, 'the answer');
		} catch {
			return undefined;
		}
	}
}

/**
 * What a plugin printed. No part of it enters an error, as any part may be the credential.
 *
 * @throws KtopError `unauthorized`
 */
export async function decodeExecCredential(
	stdout: string,
	entry: ExecEntry,
	plugin: string,
): Promise<ExecCredential> {
	const fail = (problem: string, hint = `run it by hand, and update it: ${plugin}`) =>
		credentialError(`exec plugin "${plugin}" ${problem}`, hint, 'exec plugin failed');
	const answer = await parse(stdout);
	if (!isJsonObject(answer) || answer.kind !== 'ExecCredential') {
		throw fail('did not print an ExecCredential');
	}
	if (answer.apiVersion !== entry.apiVersion) {
		throw fail(
			`answered with another apiVersion than ${entry.apiVersion}`,
			'let exec.apiVersion of the kubeconfig name the version that the plugin speaks',
		);
	}
	const {status} = answer;
	if (!isJsonObject(status)) {
		throw fail('printed an ExecCredential without status');
	}
	const text = (name: string): string | undefined => {
		const value = status[name];
		if (value === undefined || value === null || value === '') {
			return undefined;
		}
		if (typeof value !== 'string') {
			throw fail(`printed a status.${name} that is not text`);
		}
		return value;
	};

	const token = text('token');
	const certificate = text('clientCertificateData');
	const key = text('clientKeyData');
	if ((certificate === undefined) !== (key === undefined)) {
		throw fail(
			'printed one of clientCertificateData and clientKeyData without the other',
			'update the plugin',
		);
	}
	if (token === undefined && certificate === undefined) {
		throw fail('printed neither a token nor a client certificate', `log in again with ${plugin}`);
	}
	if (token !== undefined && !/^[\u0021-\u007E]+$/u.test(token)) {
		throw fail('printed a token with characters that no header can carry', 'update the plugin');
	}
	const clientCertificate = certificate === undefined || key === undefined ? undefined : {certificate, key};
	if (clientCertificate !== undefined && !isKeyOf(clientCertificate)) {
		throw fail('printed a client certificate and key that are no pair of PEM texts', 'update the plugin');
	}
	const expiry = text('expirationTimestamp');
	const expiresAt = expiry === undefined ? undefined : Date.parse(expiry);
	if (Number.isNaN(expiresAt)) {
		throw fail('printed an expirationTimestamp that is no time', 'update the plugin');
	}
	return {
		credential: {authorization: token === undefined ? undefined : `Bearer ${token}`, clientCertificate},
		expiresAt,
	};
}
