import {resolve} from 'node:path';
import {decodeExec} from './decode-exec.ts';
import {decodePem} from './decode-pem.ts';
import type {FieldReader} from './field-reader.ts';
import type {AuthProvider, Impersonation, UserEntry} from './kubeconfig.ts';

/** Decodes the `users[].user` of this name; resolves file paths from `directory`. */
export function decodeUser(fields: FieldReader, name: string, directory: string): UserEntry {
	const tokenFile = fields.text('tokenFile');
	const provider = fields.object('auth-provider');
	const exec = fields.object('exec');
	return {
		token: fields.text('token'),
		tokenFile: tokenFile === undefined ? undefined : resolve(directory, tokenFile),
		username: fields.text('username'),
		password: fields.text('password'),
		clientCertificate: decodePem(fields, 'client-certificate', directory),
		clientKey: decodePem(fields, 'client-key', directory),
		impersonation: decodeImpersonation(fields),
		authProvider: provider && decodeAuthProvider(provider, name),
		exec: exec === undefined ? undefined : decodeExec(exec, directory),
	};
}

function decodeAuthProvider(fields: FieldReader, user: string): AuthProvider {
	const config = fields.object('config');
	return {
		name: fields.text('name') ?? 'unnamed',
		user,
		file: fields.file,
		idToken: config?.text('id-token'),
		isRenewable: config?.text('refresh-token') !== undefined,
	};
}

function decodeImpersonation(fields: FieldReader): Impersonation | undefined {
	const user = fields.text('as');
	const uid = fields.text('as-uid');
	const groups = fields.texts('as-groups');
	const extras = fields.object('as-user-extra');
	const extra = new Map((extras?.keys() ?? []).map(key => [key, extras?.texts(key) ?? []]));
	if (user === undefined && uid === undefined && groups.length === 0 && extra.size === 0) {
		return undefined;
	}
	return {user, uid, groups, extra};
}
