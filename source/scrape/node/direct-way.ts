import {createEndpoint} from '../../http/create-endpoint.ts';
import type {TlsOptions} from '../../http/endpoint.ts';
import {answerFailure} from '../kubelet/answer-failure.ts';
import {kubeletReader} from '../kubelet/kubelet-reader.ts';
import {KUBELET_WORDS} from '../kubelet/kubelet-words.ts';
import type {KubeletCredentials} from './cluster-routes.ts';
import type {KubeletAddress} from './kubelet-address.ts';
import type {Way} from './way.ts';

/** https://kubernetes.io/docs/reference/networking/ports-and-protocols/; off since 1.11 unless somebody wants it. */
const READ_ONLY_PORT = 10_255;

type Common = {
	readonly address: KubeletAddress;
	readonly resourcePath: string | undefined;
	readonly now: () => number;
};

/** The kubelet itself, over TLS, with the cluster's credentials. */
export function directWay(
	options: Common & {readonly tls: TlsOptions; readonly credentials: KubeletCredentials},
): Way {
	const {address, tls, credentials, resourcePath, now} = options;
	const endpoint = createEndpoint({
		origin: address.url,
		words: KUBELET_WORDS,
		tls: {...tls, serverName: tls.serverName ?? address.serverName},
		...credentials,
	});
	const reader = kubeletReader({
		address: address.url,
		get: endpoint.get,
		failureOf: (path, answer) => ({failure: answerFailure(address.url, path, answer), isFinal: false}),
		routePrefix: '',
		resourcePath,
		now,
	});
	return {name: 'direct', read: reader.read, close: endpoint.close};
}

/** The port of older kubelets that asks for nothing and is given nothing: no credentials in clear. */
export function readOnlyWay(options: Common & {readonly port: number | undefined}): Way {
	const {address, port = READ_ONLY_PORT, resourcePath, now} = options;
	const origin = `http://${new URL(address.url).hostname}:${port}`;
	const endpoint = createEndpoint({origin, words: KUBELET_WORDS});
	const reader = kubeletReader({
		address: origin,
		get: endpoint.get,
		failureOf: (path, answer) => ({failure: answerFailure(origin, path, answer), isFinal: false}),
		routePrefix: 'read-only ',
		resourcePath,
		now,
	});
	return {name: 'read-only', read: reader.read, close: endpoint.close};
}
