import type {ClusterEntry, ExecEntry} from '../kubeconfig/kubeconfig.ts';

/**
 * The value of KUBERNETES_EXEC_INFO: an ExecCredential without status
 * (https://kubernetes.io/docs/reference/config-api/client-authentication.v1/).
 *
 * @param authority the cluster's certificate authority in PEM.
 */
export function execInfo(
	entry: ExecEntry,
	cluster: ClusterEntry,
	authority: string | undefined,
	isInteractive: boolean,
): string {
	const described = {
		server: cluster.server,
		'tls-server-name': cluster.tlsServerName,
		'insecure-skip-tls-verify': cluster.isInsecure || undefined,
		'certificate-authority-data':
			authority === undefined ? undefined : Buffer.from(authority, 'latin1').toString('base64'),
		'proxy-url': cluster.proxyUrl,
		'disable-compression': cluster.disableCompression || undefined,
		config: cluster.execConfig,
	};
	const spec = {cluster: entry.provideClusterInfo ? described : undefined, interactive: isInteractive};
	const info = {apiVersion: entry.apiVersion, kind: 'ExecCredential', spec};
	// The YAML parser returns integers of the extension as bigint, which JSON does not support.
	return JSON.stringify(info, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
}
