import {createEndpoint} from '../../http/create-endpoint.ts';
import type {TlsOptions} from '../../http/endpoint.ts';
import type {Target} from '../target.ts';
import {answerFailure} from './answer-failure.ts';
import {kubeletReader} from './kubelet-reader.ts';
import {KUBELET_WORDS} from './kubelet-words.ts';

export type KubeletOptions = {
	/** `https://10.0.0.7:10250` or `http://10.0.0.7:10255`; may have a path prefix. */
	readonly url: string;
	readonly tls?: TlsOptions | undefined;
	readonly authorization?: (() => Promise<string | undefined>) | undefined;
	/** The deadline of a scrape, including all endpoints that it tries. */
	readonly timeoutMs: number;
	readonly name?: string | undefined;
	readonly now?: () => number;
};

/** A scrape ends this long before its deadline, so that the error is that of the kubelet and not of the poller. */
export const DEADLINE_MARGIN_MS = 20;

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
		failureOf: (path, answer) => ({failure: answerFailure(address, path, answer), isFinal: false}),
		routePrefix: '',
		now: options.now ?? Date.now,
	});
	let isLookedInto = false;
	return {
		id: `kubelet:${address}`,
		name: options.name ?? url.hostname,
		naturalIntervalMs: NATURAL_INTERVAL_MS,
		scrape: signal =>
			reader.read(signal, performance.now() + options.timeoutMs - DEADLINE_MARGIN_MS, () => isLookedInto),
		lookInto: is => {
			isLookedInto = is;
		},
		close: endpoint.close,
	};
}
