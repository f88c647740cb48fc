import {createEndpoint} from '../../http/create-endpoint.ts';
import type {ClientCertificate, EndpointOptions, TlsOptions} from '../../http/endpoint.ts';
import {kubeletAnswerFailure} from '../kubelet/answer-failure.ts';
import {kubeletReader} from '../kubelet/kubelet-reader.ts';
import {KUBELET_WORDS} from '../kubelet/kubelet-words.ts';
import type {KubeletAddress} from './kubelet-address.ts';
import type {NodeRoute} from './route.ts';

/** https://kubernetes.io/docs/reference/networking/ports-and-protocols/; off by default since 1.11. */
const READ_ONLY_PORT = 10_255;

export type DirectCredentials = {
	readonly authorization: (() => Promise<string | undefined>) | undefined;
	readonly clientCertificate: (() => Promise<ClientCertificate | undefined>) | undefined;
};

type Common = {
	readonly address: KubeletAddress;
	readonly connectTimeoutMs: number;
	readonly resourcePath: string | undefined;
	readonly now: () => number;
};

/** The route to the kubelet over TLS with the credentials of the cluster. */
export function directRoute(
	options: Common & {readonly tls: TlsOptions; readonly credentials: DirectCredentials},
): NodeRoute {
	const {address, tls, credentials} = options;
	return kubeletRoute('direct', options, {
		origin: address.url,
		tls: {...tls, serverName: tls.serverName ?? address.serverName},
		...credentials,
	});
}

/** The route to the read-only port of older kubelets: plain HTTP without credentials. */
export function readOnlyRoute(options: Common & {readonly port: number | undefined}): NodeRoute {
	const {address, port = READ_ONLY_PORT} = options;
	return kubeletRoute('read-only', options, {
		origin: `http://${new URL(address.url).hostname}:${port}`,
	});
}

function kubeletRoute(
	via: 'direct' | 'read-only',
	{connectTimeoutMs, resourcePath, now}: Common,
	server: Omit<EndpointOptions, 'words'>,
): NodeRoute {
	const {origin, get, close} = createEndpoint({...server, words: KUBELET_WORDS, connectTimeoutMs});
	const reader = kubeletReader({
		address: origin,
		get,
		failureOf: (path, answer) => ({failure: kubeletAnswerFailure(origin, path, answer), isFinal: false}),
		via,
		resourcePath,
		now,
	});
	return {name: via, read: reader.read, close};
}
