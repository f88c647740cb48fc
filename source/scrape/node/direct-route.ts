import type {ClientCertificate, TlsOptions} from '../../http/endpoint.ts';
import {type KubeletCredentials, type OpenKubelet, openKubelet} from '../kubelet/open-kubelet.ts';
import type {KubeletAddress} from './kubelet-address.ts';
import type {NodeRoute} from './route.ts';

/** https://kubernetes.io/docs/reference/networking/ports-and-protocols/; off by default since 1.11. */
const READ_ONLY_PORT = 10_255;

export type DirectCredentials = {
	readonly authorization: ((signal?: AbortSignal) => Promise<string | undefined>) | undefined;
	readonly clientCertificate: ((signal?: AbortSignal) => Promise<ClientCertificate | undefined>) | undefined;
};

type Common = {
	readonly address: KubeletAddress;
	readonly connectTimeoutMs: number;
	readonly resourcePath: string | undefined;
	readonly ofKubelets?: number | undefined;
	readonly now: () => number;
	/** By default in this thread. */
	readonly open: OpenKubelet | undefined;
};

/** The route to the kubelet over TLS with the credentials of the cluster. */
export function directRoute(
	options: Common & {readonly tls: TlsOptions; readonly credentials: DirectCredentials},
): NodeRoute {
	const {address, tls, credentials} = options;
	const serverName = tls.serverName ?? address.serverName;
	return kubeletRoute('direct', options, address.url, {...tls, serverName}, credentials);
}

/** The route to the read-only port of older kubelets: plain HTTP without credentials. */
export function readOnlyRoute(options: Common & {readonly port: number | undefined}): NodeRoute {
	const {address, port = READ_ONLY_PORT} = options;
	return kubeletRoute('read-only', options, `http://${new URL(address.url).hostname}:${port}`, undefined, {});
}

function kubeletRoute(
	via: 'direct' | 'read-only',
	{connectTimeoutMs, resourcePath, ofKubelets, now, open = openKubelet}: Common,
	origin: string,
	tls: TlsOptions | undefined,
	credentials: KubeletCredentials,
): NodeRoute {
	const {read, close} = open(
		{origin, via, tls, connectTimeoutMs, resourcePath, ofKubelets},
		credentials,
		now,
	);
	return {name: via, read, close};
}
