import {createEndpoint} from '../../http/create-endpoint.ts';
import type {TlsOptions} from '../../http/endpoint.ts';
import type {Target} from '../target.ts';
import {answerFailure} from './answer-failure.ts';
import {kubeletReader} from './kubelet-reader.ts';
import {KUBELET_WORDS} from './kubelet-words.ts';

export type KubeletOptions = {
	/** `https://10.0.0.7:10250`, `http://10.0.0.7:10255`; a path before the kubelet's own may follow. */
	readonly url: string;
	readonly tls?: TlsOptions | undefined;
	readonly authorization?: (() => Promise<string | undefined>) | undefined;
	/** For a whole visit, however many routes it takes. */
	readonly timeoutMs: number;
	readonly name?: string | undefined;
	readonly now?: () => number;
};

/** A visit ends this much before its time, so that the reason told is the kubelet's and not the poller's. */
export const DEADLINE_MARGIN_MS = 20;

/** Kubelets refresh their samples every 10 to 20 s. */
export const NATURAL_INTERVAL_MS = 10_000;

/** A kubelet, read directly. Needs `get` on nodes/stats, and nodes/metrics for the last of its routes and throttling. */
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
