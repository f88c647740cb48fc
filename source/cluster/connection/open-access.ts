import {createEndpoint} from '../../http/create-endpoint.ts';
import type {EndpointOptions, EndpointWords} from '../../http/endpoint.ts';
import {proxyFromEnvironment} from '../../http/proxy-environment.ts';
import {readBounded} from '../../http/read-bounded.ts';
import {systemErrorWords} from '../../metrics/model/system-error.ts';
import type {ClusterAccess} from './access.ts';
import {apiEndpoint} from './api/api-endpoint.ts';
import {unlessAborted} from './api/waiting.ts';
import type {Connection, ConnectionLabel} from './connection.ts';
import type {Credentials} from './credentials/credential.ts';
import {credentialError} from './credentials/credential-error.ts';
import {noCredentials, userCredentials} from './credentials/user-credentials.ts';
import {impersonationHeaders} from './impersonation-headers.ts';
import type {PemSource} from './kubeconfig/kubeconfig.ts';
import {oneLine} from './one-line.ts';
import type {ConnectionEnvironment} from './options.ts';
import {parseServer, type ServerUrl} from './server-url.ts';

const words: EndpointWords = {
	server: 'API server',
	caFlag: '--certificate-authority FILE',
	insecureFlag: '--insecure-skip-tls-verify',
	serverNameFlag: '--tls-server-name NAME',
};
const connections = 16;
const keepAliveMs = 60_000;

/**
 * Creates the connection to the cluster that `findAccess` selected. Reads files, but sends nothing and runs no plugin
 * before the first request.
 *
 * @throws KtopError `usage` if the selection is invalid, `unauthorized` if a file cannot be read.
 */
export async function openAccess(
	access: ClusterAccess,
	surroundings: ConnectionEnvironment,
): Promise<Connection> {
	const server = parseServer(access.cluster.server ?? '');
	const isPlain = server.protocol === 'http:';
	const authority = isPlain ? undefined : await readAuthority(access.cluster.certificateAuthority);
	const credentials = isPlain
		? noCredentials
		: userCredentials(access.user, access.cluster, {...surroundings, authority: async () => authority});
	const {waitsFor} = credentials;
	const inTime = (signal: AbortSignal | undefined) =>
		waitsFor === undefined ? credentials.current() : unlessAborted(credentials.current(), signal, waitsFor);
	const authorization = async (signal?: AbortSignal) => (await inTime(signal)).authorization;
	const clientCertificate = async (signal?: AbortSignal) => (await inTime(signal)).clientCertificate;
	const endpoint = createEndpoint({
		...transport(access, server, authority, surroundings),
		authorization,
		clientCertificate,
	});
	return {
		label: describe(access, server),
		api: retrying(endpoint, server, credentials, surroundings),
		kubeletCredentials: {
			authorization,
			clientCertificate,
			authority,
			isImpersonating: access.user.impersonation !== undefined,
		},
		waitsFor: () => waitsFor?.(),
		close: endpoint.close,
	};
}

const retrying = (
	endpoint: ReturnType<typeof createEndpoint>,
	server: ServerUrl,
	credentials: Credentials,
	{now}: ConnectionEnvironment,
) => apiEndpoint(endpoint, {credentials, basePath: server.basePath, now});

function transport(
	{cluster, user}: ClusterAccess,
	server: ServerUrl,
	authority: string | undefined,
	{environment}: ConnectionEnvironment,
): EndpointOptions {
	return {
		origin: server.origin,
		words,
		tls: {ca: authority, serverName: cluster.tlsServerName, isInsecure: cluster.isInsecure},
		headers: impersonationHeaders(user.impersonation),
		// As in client-go, NO_PROXY does not apply to the proxy-url of the cluster.
		proxy: cluster.proxyUrl ?? proxyFromEnvironment(server.origin, environment),
		connections,
		keepAliveMs,
	};
}

async function readAuthority(source: PemSource | undefined): Promise<string | undefined> {
	if (source === undefined) {
		return undefined;
	}
	if (source.kind === 'data') {
		return source.pem;
	}
	let pem: string;
	try {
		pem = (await readBounded(source.path)).toString('latin1');
	} catch (error) {
		throw credentialError(
			`cannot read the certificate authority ${source.path}: ${systemErrorWords(error)}`,
			`check the path: ls -l ${source.path}`,
			'no certificate authority',
		);
	}
	// OpenSSL accepts a file without certificates as an empty list of authorities.
	if (pem.includes('-----BEGIN CERTIFICATE')) {
		return pem;
	}
	throw credentialError(
		`the certificate authority ${source.path} does not contain a PEM certificate`,
		'it must contain -----BEGIN CERTIFICATE-----',
		'bad authority',
	);
}

function describe(access: ClusterAccess, server: ServerUrl): ConnectionLabel {
	const printable = (text: string | undefined) => (text === undefined ? undefined : oneLine(text, 253));
	return {
		origin: access.origin,
		context: printable(access.context),
		cluster: printable(access.clusterName),
		user: printable(access.user.impersonation?.user ?? access.userName),
		namespace: oneLine(access.namespace, 63),
		server: server.origin,
		isInsecure: access.cluster.isInsecure,
	};
}
