import type {ClusterAccess} from '../access.ts';
import {execExtension} from './decode-cluster.ts';
import type {ClusterEntry, ExecEntry, PemSource, UserEntry} from './kubeconfig.ts';

const name = 'ktop';

/**
 * Encodes the selected cluster and user, including overrides by flags, as a kubeconfig with one context for other
 * programs. In JSON, which is valid YAML. Contains the secrets of the access.
 */
export function encodeKubeconfig(access: ClusterAccess): string {
	const config = {
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': name,
		clusters: [{name, cluster: encodeCluster(access.cluster)}],
		users: [{name, user: encodeUser(access.user)}],
		contexts: [{name, context: {cluster: name, user: name, namespace: access.namespace}}],
	};
	// The YAML parser returns integers of the extension as bigint, which JSON does not support.
	return JSON.stringify(config, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
}

const encodeCluster = (cluster: ClusterEntry): object => ({
	server: cluster.server,
	'tls-server-name': cluster.tlsServerName,
	'insecure-skip-tls-verify': cluster.isInsecure,
	...encodePem('certificate-authority', cluster.certificateAuthority),
	'proxy-url': cluster.proxyUrl,
	'disable-compression': cluster.disableCompression,
	extensions:
		cluster.execConfig === undefined ? undefined : [{name: execExtension, extension: cluster.execConfig}],
});

const encodeUser = ({impersonation, exec, ...user}: UserEntry): object => ({
	token: user.token,
	tokenFile: user.tokenFile,
	username: user.username,
	password: user.password,
	...encodePem('client-certificate', user.clientCertificate),
	...encodePem('client-key', user.clientKey),
	as: impersonation?.user,
	'as-uid': impersonation?.uid,
	'as-groups': impersonation?.groups,
	'as-user-extra': impersonation && Object.fromEntries(impersonation.extra),
	exec: exec && encodeExec(exec),
});

const encodeExec = ({env, ...exec}: ExecEntry): object => ({
	...exec,
	env: [...env].map(([name, value]) => ({name, value})),
});

function encodePem(field: string, source: PemSource | undefined): object {
	switch (source?.kind) {
		case undefined:
			return {};
		case 'file':
			return {[field]: source.path};
		case 'data':
			return {[`${field}-data`]: Buffer.from(source.pem, 'latin1').toString('base64')};
	}
}
