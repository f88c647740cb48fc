import {createStoreEndpoint} from '../../http/create-store-endpoint.ts';
import type {EndpointWords, TlsOptions} from '../../http/endpoint.ts';
import type {HistoryRange} from '../store/history-request.ts';
import {authorizationHeader, type StoreLogin} from '../store/store-login.ts';
import {noPrometheus, prometheusAnswerFailure, prometheusQueryFailure} from './query-failure.ts';
import {
	type Decoded,
	decodeAnswer,
	decodeLabelSets,
	decodeSeriesInTurns,
	type LabelSet,
	type PrometheusSeries,
} from './query-result.ts';

export type ClientOptions = {
	/**
	 * `https://mimir.example.com/prometheus`, without `/api/v1`. Parameters are added to every query
	 * (`?max_source_resolution=auto` for Thanos).
	 */
	readonly url: string;
	/** Basic, or Bearer. */
	readonly login: StoreLogin | undefined;
	/** Sent with every request, such as `X-Scope-OrgID`. */
	readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
	readonly tls?: TlsOptions | undefined;
	/** Per query. */
	readonly timeoutMs: number;
};

/** Warnings come from the store, for example if a part of Thanos is unavailable. */
export type QueryAnswer = {
	readonly series: readonly PrometheusSeries[];
	readonly warnings: readonly string[];
};

/** All methods throw only `KtopError`. */
export type PrometheusClient = {
	readonly origin: string;
	/** Evaluates the query at every step from `startMs` to `endMs`, both rounded down to whole steps. */
	readonly range: (query: string, range: HistoryRange, signal?: AbortSignal) => Promise<QueryAnswer>;
	/** Uses samples up to `lookBackMs` old; 5 min by default, and in stores that have no such parameter. */
	readonly instant: (
		query: string,
		moment: {readonly atMs: number; readonly lookBackMs?: number},
		signal?: AbortSignal,
	) => Promise<QueryAnswer>;
	/** Labels of all matching series with samples in the range. */
	readonly labelSets: (
		matcher: string,
		time: {readonly startMs: number; readonly endMs: number},
		signal?: AbortSignal,
	) => Promise<readonly LabelSet[]>;
	readonly close: () => Promise<void>;
};

const WORDS: EndpointWords = {
	server: 'Prometheus',
	caFlag: 'ca=FILE in --history',
	insecureFlag: 'insecure=true in --history',
	serverNameFlag: 'a host name in --history',
};

/** All containers of the largest clusters at one moment are about 28 MB. */
const MAX_ANSWER_BYTES = 32 * 2 ** 20;

/** Prometheus rejects more with 400 (`web/api/v1/api.go`). */
const MAX_ANSWERED_POINTS = 11_000;

/** Without it VictoriaMetrics answers as of half a minute ago (`-search.latencyOffset`); others have no such parameter. */
const NEWEST = {nocache: '1'};

/** The values of a moment are queried concurrently. Prometheus runs 20 queries at once by default. */
const CONNECTIONS = 4;

/** Queries Prometheus and compatible stores (Thanos, Mimir, Cortex, VictoriaMetrics): POST /api/v1. */
export function prometheusClient(options: ClientOptions): PrometheusClient {
	const {login, timeoutMs} = options;
	const url = new URL(options.url);
	const {origin} = url;
	const prefix = url.pathname.replace(/\/+$/, '');
	const endpoint = createStoreEndpoint({
		origin,
		words: WORDS,
		tls: options.tls,
		// ktop's own header names are in lower case too, so that a given header replaces one of them.
		headers: options.headers.map(([name, value]) => [name.toLowerCase(), value]),
		authorization: login && (async () => authorizationHeader(login, 'Bearer')),
		connections: CONNECTIONS,
	});
	const ask = async <T>(
		path: string,
		form: Readonly<Record<string, string>>,
		decode: (body: string) => Promise<Decoded<T> | undefined>,
		signal: AbortSignal | undefined,
	): Promise<{readonly data: T; readonly warnings: readonly string[]}> => {
		const {status, body} = await endpoint.post(
			`${prefix}/api/v1/${path}${url.search}`,
			Buffer.from(new URLSearchParams(form).toString()),
			'application/x-www-form-urlencoded',
			{timeoutMs, maxBytes: MAX_ANSWER_BYTES, accept: 'application/json', signal, isRepeatable: true},
		);
		const text = body.toString('utf8');
		if (status < 200 || status >= 300) {
			throw prometheusAnswerFailure(status, text, origin);
		}

		const answer = await decode(text);
		if (answer?.kind === 'error') {
			throw prometheusQueryFailure(answer.errorType, answer.error, origin);
		}

		if (answer === undefined) {
			throw noPrometheus(origin);
		}

		return answer;
	};
	// Lets the store cancel a query that ktop no longer waits for.
	const timeout = `${Math.max(1, Math.ceil(timeoutMs / 1000))}s`;
	return {
		origin,
		async range(query, range, signal) {
			const {startMs, endMs, stepMs} = alignedRange(range);
			const form = {
				query,
				start: seconds(startMs),
				end: seconds(endMs),
				step: seconds(stepMs),
				timeout,
				...NEWEST,
			};
			const {data, warnings} = await ask('query_range', form, decodeSeriesInTurns, signal);
			return {series: data, warnings};
		},
		async instant(query, {atMs, lookBackMs}, signal) {
			const form = {
				query,
				time: seconds(atMs),
				timeout,
				...NEWEST,
				...(lookBackMs === undefined ? {} : lookBack(lookBackMs)),
			};
			const {data, warnings} = await ask('query', form, decodeSeriesInTurns, signal);
			return {series: data, warnings};
		},
		async labelSets(matcher, {startMs, endMs}, signal) {
			const form = {'match[]': matcher, start: seconds(startMs), end: seconds(endMs)};
			const decode = async (body: string) => decodeAnswer(body, decodeLabelSets);
			return (await ask('series', form, decode, signal)).data;
		},
		close: endpoint.close,
	};
}

/**
 * Aligns both ends to the step, because stores cache only aligned queries or align them themselves (Mimir,
 * VictoriaMetrics#563). Widens the step to stay below Prometheus' limit of points.
 */
export function alignedRange({startMs, endMs, stepMs}: HistoryRange): HistoryRange {
	const least = Math.ceil((endMs - startMs) / (MAX_ANSWERED_POINTS - 2) / 1000) * 1000;
	const step = Math.max(stepMs, least);
	return {
		startMs: Math.floor(startMs / step) * step,
		endMs: Math.floor(endMs / step) * step,
		stepMs: step,
	};
}

/** Prometheus' name of it, and VictoriaMetrics'. */
function lookBack(ms: number): Readonly<Record<string, string>> {
	const duration = `${Math.ceil(ms / 1000)}s`;
	return {lookback_delta: duration, max_lookback: duration};
}

function seconds(ms: number): string {
	return String(ms / 1000);
}
