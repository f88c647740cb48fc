import type {TlsOptions} from '../../http/endpoint.ts';
import type {Target} from '../target.ts';
import {type OpenKubelet, openKubelet} from './open-kubelet.ts';

export type KubeletOptions = {
	/** `https://10.0.0.7:10250` or `http://10.0.0.7:10255`; may have a path prefix. */
	readonly url: string;
	readonly tls?: TlsOptions | undefined;
	readonly authorization?: (() => Promise<string | undefined>) | undefined;
	readonly name?: string | undefined;
	readonly now?: () => number;
	/** Opens the kubelet; by default in this thread. */
	readonly open?: OpenKubelet | undefined;
};

/** Kubelets refresh samples every 10 to 20 s. */
export const NATURAL_INTERVAL_MS = 10_000;

/** Scrapes a kubelet directly. Needs `get` on nodes/stats; nodes/metrics for /metrics/resource and throttling. */
export function kubeletTarget(options: KubeletOptions): Target {
	const url = new URL(options.url);
	const prefix = url.pathname.replace(/\/$/, '');
	const {open = openKubelet, tls, authorization, now = Date.now} = options;
	const {read, close} = open(
		{origin: url.origin, pathPrefix: prefix, via: 'direct', tls},
		{authorization},
		now,
	);
	return {
		id: `kubelet:${url.origin}${prefix}`,
		name: options.name ?? url.hostname,
		naturalIntervalMs: NATURAL_INTERVAL_MS,
		scrape: read,
		readsMoreWhenViewed: true,
		readsLess: true,
		close,
	};
}
