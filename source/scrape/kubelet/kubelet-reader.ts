import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import type {Reading} from '../../metrics/model/reading.ts';
import type {Scrape} from '../target.ts';
import {decodeResourceMetrics} from './decode-resource-metrics.ts';
import {decodeSummary} from './decode-summary.ts';
import {joinThrottling} from './join-throttling.ts';
import type {KubeletAccess} from './kubelet-access.ts';
import {RouteMemory} from './route-memory.ts';
import {ThrottlingReader} from './throttling-reader.ts';

export type KubeletReaderOptions = KubeletAccess & {
	/** What messages call the kubelet: `https://10.0.0.7:10250`. */
	readonly address: string;
	/** What the names of its routes begin with: nothing, `read-only `, `proxy `. */
	readonly routePrefix: string;
	/** Where it serves /metrics/resource, if elsewhere. */
	readonly resourcePath?: string | undefined;
};

/** Reads one kubelet by the best of its endpoints that works, and remembers which that was. */
export type KubeletReader = {
	/**
	 * `endMs` is when the visit has to end, on `performance.now()`'s clock. `isLookedInto` is asked when the figures are
	 * there: whether throttling is wanted too. Throws `KtopError`.
	 */
	readonly read: (signal: AbortSignal, endMs: number, isLookedInto?: () => boolean) => Promise<Scrape>;
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

/** What one route brought; final where the others would bring no better. */
type Outcome =
	| {readonly kind: 'read'; readonly reading: Reading; readonly latencyMs: number}
	| {
			readonly kind: 'failed';
			readonly failure: KtopError;
			readonly isFinal: boolean;
			/** The request was taken and never answered. */
			readonly isHung: boolean;
	  };

/** Asks for /stats/summary, where that fails for CPU and memory alone, and where that fails for /metrics/resource. */
export function kubeletReader(options: KubeletReaderOptions): KubeletReader {
	const memory = new RouteMemory(ROUTES.length);
	const throttlingReader = new ThrottlingReader(options);

	const readRoute = async (route: Route, signal: AbortSignal, endMs: number): Promise<Outcome> => {
		const path = route.name === 'resource' ? (options.resourcePath ?? route.path) : route.path;
		let isConnected = false;
		try {
			const answer = await options.get(path, {
				timeoutMs: Math.max(endMs - performance.now(), 1),
				maxBytes: MAX_BODY_BYTES,
				accept: route.accept,
				signal,
				onConnected: () => {
					isConnected = true;
				},
			});
			if (answer.status !== 200) {
				return {kind: 'failed', ...options.failureOf(path, answer), isHung: false};
			}

			return {
				kind: 'read',
				reading: route.decode(answer.body, options.now()),
				latencyMs: answer.latencyMs,
			};
		} catch (error) {
			if (!(error instanceof KtopError)) {
				throw error;
			}

			const isHung = error.code === 'timeout' && isConnected;
			return {kind: 'failed', failure: error, isFinal: false, isHung};
		}
	};

	return {
		async read(signal, endMs, isLookedInto = () => false) {
			const first = memory.begin();
			const failures: KtopError[] = [];
			for (const [index, route] of ROUTES.entries()) {
				if (index < first || isPointless(route, failures)) {
					continue;
				}

				const outcome = await readRoute(route, signal, endMs);
				if (outcome.kind === 'read') {
					const degraded = memory.worked(index, failures[0]);
					const throttling = isLookedInto() ? await throttlingReader.read(signal, endMs) : undefined;
					return {
						readings: [joinThrottling(outcome.reading, throttling?.samples ?? [])],
						route: `${options.routePrefix}${route.name}`,
						latencyMs: outcome.latencyMs,
						degraded: degraded ?? throttling?.failure,
					};
				}

				const {failure} = outcome;
				if (outcome.isHung) {
					memory.hung(index, failure);
				}

				if (outcome.isFinal || isFinal(failure)) {
					throw failure;
				}

				failures.push(failure);
			}

			memory.allFailed();
			throw failures.find(({code}) => code === 'forbidden') ?? failures[0] ?? unreadable(options.address);
		},
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
