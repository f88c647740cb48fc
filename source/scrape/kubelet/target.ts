import {createEndpoint} from '../../http/create-endpoint.ts';
import type {GetOptions, TlsOptions} from '../../http/endpoint.ts';
import {type Failure, KtopError} from '../../metrics/failure.ts';
import type {Reading} from '../../metrics/reading.ts';
import type {Scrape, Target} from '../target.ts';
import {answerFailure} from './answer-failure.ts';
import {decodeResourceMetrics} from './decode-resource-metrics.ts';
import {decodeSummary} from './decode-summary.ts';
import {RouteMemory} from './route-memory.ts';

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

type Route = {
	readonly name: string;
	readonly path: string;
	readonly accept: string;
	readonly decode: (body: Buffer, receivedAtMs: number) => Reading;
};

/** Best first. The cheaper summary leaves out what a broken file system makes the full one fail on. */
const ROUTES: readonly Route[] = [
	{name: 'summary', path: '/stats/summary', accept: 'application/json', decode: decodeSummary},
	{
		name: 'summary cpu+mem',
		path: '/stats/summary?only_cpu_and_memory=true',
		accept: 'application/json',
		decode: decodeSummary,
	},
	{name: 'resource', path: '/metrics/resource', accept: 'text/plain', decode: decodeResourceMetrics},
];

/** No node is known to send more than a tenth of it; what is above is no summary. */
const MAX_BODY_BYTES = 64 * 2 ** 20;

/** A visit ends this much before its time, so that the reason told is the kubelet's and not the poller's. */
const DEADLINE_MARGIN_MS = 20;

/** The same on every route, or the visit's time is over: no use in asking again. */
const FINAL: ReadonlySet<Failure['code']> = new Set([
	'aborted',
	'connection-lost',
	'name-not-found',
	'refused',
	'timeout',
	'unauthorized',
	'unreachable',
	'usage',
]);

/** Kubelets refresh their samples every 10 to 20 s. */
const NATURAL_INTERVAL_MS = 10_000;

/**
 * A kubelet, read directly. It asks for /stats/summary, where that fails for CPU and memory alone, and where that
 * fails for /metrics/resource, and remembers what worked. Needs `get` on nodes/stats, and nodes/metrics for the last.
 */
export function kubeletTarget(options: KubeletOptions): Target {
	const url = new URL(options.url);
	const prefix = url.pathname.replace(/\/$/, '');
	const endpoint = createEndpoint({
		origin: url.origin,
		words: {
			server: 'kubelet',
			caFlag: '--kubelet-ca',
			insecureFlag: '--kubelet-insecure-tls',
			serverNameFlag: '--kubelet-server-name',
			noCertificateHint:
				'kubectl get csr, then kubectl certificate approve NAME for the pending kubelet-serving request',
		},
		tls: options.tls,
		authorization: options.authorization,
	});
	const now = options.now ?? Date.now;
	const address = `${url.origin}${prefix}`;
	const memory = new RouteMemory(ROUTES.length);

	const read = async (route: Route, request: GetOptions): Promise<Omit<Scrape, 'degraded'>> => {
		const answer = await endpoint.get(`${prefix}${route.path}`, request);
		if (answer.status !== 200) {
			throw answerFailure(address, route.path, answer);
		}

		return {
			readings: [route.decode(answer.body, now())],
			route: route.name,
			latencyMs: answer.latencyMs,
		};
	};

	return {
		id: `kubelet:${address}`,
		name: options.name ?? url.hostname,
		naturalIntervalMs: NATURAL_INTERVAL_MS,
		async scrape(signal): Promise<Scrape> {
			const endMs = performance.now() + options.timeoutMs - DEADLINE_MARGIN_MS;
			const first = memory.begin();
			const failures: KtopError[] = [];
			for (const [index, route] of ROUTES.entries()) {
				if (index < first || isPointless(route, failures)) {
					continue;
				}

				let isConnected = false;
				try {
					const scrape = await read(route, {
						timeoutMs: Math.max(endMs - performance.now(), 1),
						maxBytes: MAX_BODY_BYTES,
						accept: route.accept,
						signal,
						onConnected: () => {
							isConnected = true;
						},
					});
					return {...scrape, degraded: memory.worked(index, failures[0])};
				} catch (error) {
					if (!(error instanceof KtopError)) {
						throw error;
					}

					if (error.code === 'timeout' && isConnected) {
						memory.hung(index, error);
					}

					if (isFinal(error)) {
						throw error;
					}

					failures.push(error);
				}
			}

			memory.allFailed();
			throw failures.find(({code}) => code === 'forbidden') ?? failures[0] ?? unreadable(address);
		},
		close: endpoint.close,
	};
}

/** Rights are granted for a path, whatever its query, and so is its existence. */
function isPointless(route: Route, failures: readonly KtopError[]): boolean {
	return (
		route.name === 'summary cpu+mem' &&
		failures.some(({code}) => code === 'forbidden' || code === 'not-found' || code === 'unsupported')
	);
}

function isFinal({code}: KtopError): boolean {
	return FINAL.has(code) || code.startsWith('tls-');
}

function unreadable(address: string): KtopError {
	return new KtopError({
		code: 'bad-answer',
		brief: 'no route',
		message: `kubelet ${address} offers nothing that ktop can read`,
		hint: 'check that the address is a kubelet’s',
	});
}
