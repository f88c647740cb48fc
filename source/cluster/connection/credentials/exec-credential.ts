import {isJsonObject} from '../../../metrics/model/json.ts';
import type {ExecEntry} from '../kubeconfig/kubeconfig.ts';
import type {Credential} from './credential.ts';
import {credentialError} from './credential-error.ts';
import {isKeyOf} from './key-pair.ts';

export type ExecCredential = {
	readonly credential: Credential;
	/** Unix milliseconds; undefined: valid until the server rejects it. */
	readonly expiresAt: number | undefined;
};

/** Parses JSON, or YAML as kubectl does. Loads the YAML parser only if needed, because it is large. */
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
 * Decodes the output of a plugin. Errors never quote it, since any part may be the credential.
 *
 * @throws KtopError `unauthorized`
 */
export async function decodeExecCredential(
	stdout: string,
	entry: ExecEntry,
	plugin: string,
): Promise<ExecCredential> {
	const fail = (problem: string, hint = `run it manually, and update it: ${plugin}`) =>
		credentialError(`exec plugin "${plugin}" ${problem}`, hint, 'exec plugin failed');
	const answer = await parse(stdout);
	if (!isJsonObject(answer) || answer.kind !== 'ExecCredential') {
		throw fail('did not print an ExecCredential');
	}
	if (answer.apiVersion !== entry.apiVersion) {
		throw fail(
			`did not answer with apiVersion ${entry.apiVersion}`,
			'set exec.apiVersion in the kubeconfig to a version that the plugin supports',
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
			throw fail(`printed a status.${name} that is not a string`);
		}
		return value;
	};

	const token = text('token');
	const certificate = text('clientCertificateData');
	const key = text('clientKeyData');
	if ((certificate === undefined) !== (key === undefined)) {
		throw fail('printed only one of clientCertificateData and clientKeyData', 'update the plugin');
	}
	if (token === undefined && certificate === undefined) {
		throw fail('printed neither a token nor a client certificate', `log in again with ${plugin}`);
	}
	if (token !== undefined && !/^[\u0021-\u007E]+$/u.test(token)) {
		throw fail('printed a token with invalid characters', 'update the plugin');
	}
	const clientCertificate = certificate === undefined || key === undefined ? undefined : {certificate, key};
	if (clientCertificate !== undefined && !isKeyOf(clientCertificate)) {
		throw fail('printed a client certificate and key that do not match or are not PEM', 'update the plugin');
	}
	const expiry = text('expirationTimestamp');
	const expiresAt = expiry === undefined ? undefined : Date.parse(expiry);
	if (Number.isNaN(expiresAt)) {
		throw fail('printed an invalid expirationTimestamp', 'update the plugin');
	}
	return {
		credential: {authorization: token === undefined ? undefined : `Bearer ${token}`, clientCertificate},
		expiresAt,
	};
}
