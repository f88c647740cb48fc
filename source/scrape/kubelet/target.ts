import {createEndpoint} from '../../http/create-endpoint.ts';
import type {TlsOptions} from '../../http/endpoint.ts';
import type {Target} from '../target.ts';
import {kubeletAnswerFailure} from './answer-failure.ts';
import {kubeletReader} from './kubelet-reader.ts';
import {KUBELET_WORDS} from './kubelet-words.ts';

export type KubeletOptions = {
	/** `https://10.0.0.7:10250` or `http://10.0.0.7:10255`; may have a path prefix. */
	readonly url: string;
	readonly tls?: TlsOptions | undefined;
	readonly authorization?: (() => Promise<string | undefined>) | undefined;
	readonly name?: string | undefined;
	readonly now?: () => number;
};

/** Kubelets refresh samples every 10 to 20 s. */
export const NATURAL_INTERVAL_MS = 10_000;

/** Scrapes a kubelet directly. Needs `get` on nodes/stats; nodes/metrics for /metrics/resource and throttling. */
export function kubeletTarget(options: KubeletOptions): Target {
	const url = new URL(options.url);
	const prefix = url.pathname.replace(/\/$/, '');
	const endpoint = createEndpoint({
		origin: url.origin,
		words: KUBELET_WORDS,
		tls: options.tls,
		authorization: options.authorization,
	});
	const address = `${url.origin}${prefix}`;
	const reader = kubeletReader({
		address,
		get: (path, request) => endpoint.get(`${prefix}${path}`, request),
		failureOf: (path, answer) => ({failure: kubeletAnswerFailure(address, path, answer), isFinal: false}),
		via: 'direct',
		now: options.now ?? Date.now,
	});
	return {
		id: `kubelet:${address}`,
		name: options.name ?? url.hostname,
		naturalIntervalMs: NATURAL_INTERVAL_MS,
		scrape: reader.read,
		readsMoreWhenViewed: true,
		close: endpoint.close,
	};
}
