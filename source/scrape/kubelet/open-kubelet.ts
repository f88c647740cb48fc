import {createEndpoint} from '../../http/create-endpoint.ts';
import type {ClientCertificate, TlsOptions} from '../../http/endpoint.ts';
import type {KubeletVia} from '../../metrics/model/route.ts';
import {kubeletAnswerFailure} from './answer-failure.ts';
import {type KubeletReader, kubeletReader} from './kubelet-reader.ts';
import {KUBELET_WORDS} from './kubelet-words.ts';

/** Where a kubelet is and how it is verified: plain data, which may go to another thread. */
export type KubeletSite = {
	/** `https://10.0.0.7:10250`, without a path. */
	readonly origin: string;
	/** Before each path of the kubelet: `/nodes/a`. Empty by default. */
	readonly pathPrefix?: string | undefined;
	readonly via: Exclude<KubeletVia, 'proxy'>;
	readonly tls?: TlsOptions | undefined;
	readonly connectTimeoutMs?: number | undefined;
	/** How many kubelets its cluster has, where that is known before they are opened. */
	readonly ofKubelets?: number | undefined;
	/** Whether its connection is one of many in the thread that reads it. */
	readonly sharesReadBuffer?: boolean | undefined;
	/** The path of /metrics/resource if it is not the default. */
	readonly resourcePath?: string | undefined;
};

/** As in `EndpointOptions`: called before each request, so that rotated credentials are used. */
export type KubeletCredentials = {
	readonly authorization?: ((signal?: AbortSignal) => Promise<string | undefined>) | undefined;
	readonly clientCertificate?: ((signal?: AbortSignal) => Promise<ClientCertificate | undefined>) | undefined;
};

export type OpenedKubelet = KubeletReader & {readonly close: () => Promise<void>};

/** Opens a kubelet without connecting. */
export type OpenKubelet = (
	site: KubeletSite,
	credentials: KubeletCredentials,
	now: () => number,
) => OpenedKubelet;

/** Reads the kubelet in this thread. */
export const openKubelet: OpenKubelet = (site, credentials, now) => {
	const {origin, pathPrefix = '', via, tls, connectTimeoutMs, sharesReadBuffer, resourcePath} = site;
	const {get, close} = createEndpoint({
		...credentials,
		origin,
		tls,
		connectTimeoutMs,
		sharesReadBuffer,
		words: KUBELET_WORDS,
	});
	const address = `${origin}${pathPrefix}`;
	const {read} = kubeletReader({
		address,
		get: (path, request) => get(`${pathPrefix}${path}`, request),
		failureOf: (path, answer) => ({failure: kubeletAnswerFailure(address, path, answer), isFinal: false}),
		via,
		resourcePath,
		now,
	});
	return {read, close};
};
