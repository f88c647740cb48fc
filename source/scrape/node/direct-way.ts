import {createEndpoint} from '../../http/create-endpoint.ts';
import type {ClientCertificate, EndpointOptions, TlsOptions} from '../../http/endpoint.ts';
import {answerFailure} from '../kubelet/answer-failure.ts';
import {kubeletReader} from '../kubelet/kubelet-reader.ts';
import {KUBELET_WORDS} from '../kubelet/kubelet-words.ts';
import type {KubeletAddress} from './kubelet-address.ts';
import type {Way, WayName} from './way.ts';

/** https://kubernetes.io/docs/reference/networking/ports-and-protocols/; off since 1.11 unless somebody wants it. */
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

/** The kubelet itself, over TLS, with the cluster's credentials. */
export function directWay(
	options: Common & {readonly tls: TlsOptions; readonly credentials: DirectCredentials},
): Way {
	const {address, tls, credentials} = options;
	return kubeletWay('direct', '', options, {
		origin: address.url,
		tls: {...tls, serverName: tls.serverName ?? address.serverName},
		...credentials,
	});
}

/** The port of older kubelets that asks for nothing and is given nothing: no credentials in clear. */
export function readOnlyWay(options: Common & {readonly port: number | undefined}): Way {
	const {address, port = READ_ONLY_PORT} = options;
	return kubeletWay('read-only', 'read-only ', options, {
		origin: `http://${new URL(address.url).hostname}:${port}`,
	});
}

function kubeletWay(
	name: WayName,
	routePrefix: string,
	{connectTimeoutMs, resourcePath, now}: Common,
	server: Omit<EndpointOptions, 'words'>,
): Way {
	const {origin, get, close} = createEndpoint({...server, words: KUBELET_WORDS, connectTimeoutMs});
	const reader = kubeletReader({
		address: origin,
		get,
		failureOf: (path, answer) => ({failure: answerFailure(origin, path, answer), isFinal: false}),
		routePrefix,
		resourcePath,
		now,
	});
	return {name, read: reader.read, close};
}
