import {decodeBody} from '../../http/decode-body.ts';
import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import type {Reading} from '../../metrics/model/reading.ts';
import type {KubeletEndpoint, KubeletVia} from '../../metrics/model/route.ts';
import {remainingMs} from '../remaining-ms.ts';
import {takeReadings} from '../take-readings.ts';
import type {Scrape, ScrapeContext} from '../target.ts';
import {decodeResourceMetrics} from './decode-resource-metrics.ts';
import {decodeSummary} from './decode-summary.ts';
import {joinThrottling} from './join-throttling.ts';
import type {KubeletAccess} from './kubelet-access.ts';
import {RouteMemory} from './route-memory.ts';
import {ThrottlingReader} from './throttling-reader.ts';

export type KubeletReaderOptions = KubeletAccess & {
	/** The name of the kubelet in messages: `https://10.0.0.7:10250`. */
	readonly address: string;
	readonly via: KubeletVia;
	/** The path of /metrics/resource if it is not the default. */
	readonly resourcePath?: string | undefined;
};

/** Reads one kubelet by the best endpoint that works, and remembers it. */
export type KubeletReader = {
	/** Reads throttling too if the user views the node, and less where that is enough. Throws `KtopError`. */
	readonly read: (context: ScrapeContext) => Promise<Scrape>;
};

type Endpoint = {
	readonly name: KubeletEndpoint;
	readonly path: string;
	readonly accept: string;
	readonly decode: (body: Buffer, receivedAtMs: number) => Reading;
};

const CPU_AND_MEMORY: Endpoint = {
	name: 'cpu+mem',
	path: '/stats/summary?only_cpu_and_memory=true',
	accept: 'application/json',
	decode: decodeSummary,
};

/** Best first. The second one excludes file systems, whose failure makes the full summary fail. */
const ENDPOINTS: readonly Endpoint[] = [
	{name: 'summary', path: '/stats/summary', accept: 'application/json', decode: decodeSummary},
	CPU_AND_MEMORY,
	{name: 'resource', path: '/metrics/resource', accept: 'text/plain', decode: decodeResourceMetrics},
];

/** Ten times the largest known answer. */
const MAX_BODY_BYTES = 64 * 2 ** 20;

/** Codes with which the other endpoints would fail too, or for which no time is left. */
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

/** The result of one endpoint. `isFinal`: the other endpoints would fail too. */
type Outcome =
	/** `readings` is one, until it is taken. */
	| {readonly kind: 'read'; readonly readings: Reading[]; readonly latencyMs: number}
	| {
			readonly kind: 'failed';
			readonly failure: KtopError;
			readonly isFinal: boolean;
			/** Connected, but no answer before the deadline. */
			readonly isHung: boolean;
	  };

/** Tries /stats/summary, then its variant with only CPU and memory, then /metrics/resource. */
export function kubeletReader(options: KubeletReaderOptions): KubeletReader {
	const memory = new RouteMemory(ENDPOINTS.length);
	const throttlingReader = new ThrottlingReader(options);

	const readEndpoint = async (endpoint: Endpoint, {signal, deadlineMs}: ScrapeContext): Promise<Outcome> => {
		const path = endpoint.name === 'resource' ? (options.resourcePath ?? endpoint.path) : endpoint.path;
		let isConnected = false;
		try {
			const answer = await options.get(path, {
				timeoutMs: remainingMs(deadlineMs),
				maxBytes: MAX_BODY_BYTES,
				accept: endpoint.accept,
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
				readings: [decodeBody(answer, body => endpoint.decode(body, options.now()))],
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

	/** Where CPU and memory are enough and the summary works; undefined where it is to be read by the usual endpoints. */
	const readLess = async (context: ScrapeContext): Promise<Scrape | undefined> => {
		const {restHoldsMs} = context;
		if (restHoldsMs === undefined || context.isViewed()) {
			return undefined;
		}

		const outcome = await readEndpoint(CPU_AND_MEMORY, context);
		if (outcome.kind === 'failed') {
			if (outcome.isFinal || isFinal(outcome.failure)) {
				throw outcome.failure;
			}

			return undefined;
		}

		// The user may have opened the node meanwhile.
		if (context.isViewed()) {
			return undefined;
		}

		const readings = takeReadings(outcome);
		const hasAll = readings.every(isFull);
		return {
			readings: readings.map(reading => (hasAll ? reading : {...reading, restHoldsMs})),
			route: {kind: 'kubelet', via: options.via, endpoint: hasAll ? 'summary' : CPU_AND_MEMORY.name},
			latencyMs: outcome.latencyMs,
			degraded: undefined,
		};
	};

	return {
		async read(context) {
			const first = memory.begin();
			const less = first === 0 ? await readLess(context) : undefined;
			if (less !== undefined) {
				return less;
			}

			const failures: KtopError[] = [];
			for (const [index, endpoint] of ENDPOINTS.entries()) {
				if (index < first || isPointless(endpoint, failures)) {
					continue;
				}

				const outcome = await readEndpoint(endpoint, context);
				if (outcome.kind === 'read') {
					const degraded = memory.worked(index, failures[0]);
					const throttling = context.isViewed() ? await throttlingReader.read(context) : undefined;
					return {
						readings: takeReadings(outcome).map(reading =>
							joinThrottling(reading, throttling?.samples ?? []),
						),
						route: {kind: 'kubelet', via: options.via, endpoint: endpoint.name},
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

/** Whether the endpoint would fail like one before: rights and existence depend on the path, not on the query. */
function isPointless(endpoint: Endpoint, failures: readonly KtopError[]): boolean {
	return (
		endpoint.name === 'cpu+mem' &&
		failures.some(({code}) => code === 'forbidden' || code === 'not-found' || code === 'unsupported')
	);
}

/** Kubelets before 1.13 do not know the query, and answer in full. */
function isFull({node}: Reading): boolean {
	return node !== undefined && (node.network !== undefined || node.filesystems.length > 0);
}

function isFinal({code}: KtopError): boolean {
	return FINAL.has(code) || code.startsWith('tls-');
}

function unreadable(address: string): KtopError {
	return new KtopError({
		code: 'bad-answer',
		brief: 'no endpoint',
		message: `kubelet ${address} has no endpoint that ktop can read`,
		hint: 'check that this is the address of a kubelet',
	});
}
