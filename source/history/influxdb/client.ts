import {createStoreEndpoint} from '../../http/create-store-endpoint.ts';
import type {EndpointWords, TlsOptions} from '../../http/endpoint.ts';
import {KtopError} from '../../metrics/model/failure.ts';
import {authorizationHeader, type StoreLogin} from '../store/store-login.ts';
import {proxyAnswerFailure} from './proxy-answer.ts';
import {influxdbAnswerFailure, influxdbStatementFailure, type StoreFlag} from './query-failure.ts';
import {decodeQueryResultInTurns, type InfluxdbSeries} from './query-result.ts';

export type InfluxdbOptions = {
	/** `http://monitoring-influxdb:8086`, with a path if InfluxDB is behind a proxy. */
	readonly url: string;
	readonly database: string;
	/** Basic for 1.x, Token for 2.x and 3.x. */
	readonly login: StoreLogin | undefined;
	readonly tls?: TlsOptions | undefined;
	/** The option that named the store, for messages; `--history` by default. */
	readonly flag?: StoreFlag | undefined;
	/** Per query. */
	readonly timeoutMs: number;
};

export type InfluxdbClient = {
	/** The series of each statement, in order. Times are Unix milliseconds. Throws `KtopError`. */
	readonly query: (
		statements: readonly string[],
		signal: AbortSignal,
	) => Promise<ReadonlyArray<readonly InfluxdbSeries[]>>;
	readonly database: string;
	readonly close: () => Promise<void>;
};

export const INFLUXDB_WORDS: EndpointWords = {
	server: 'InfluxDB',
	caFlag: 'ca=FILE in its address',
	insecureFlag: 'insecure=true in its address',
	serverNameFlag: 'another host name in its address',
};

/** The points of a chart over a week are about 100 kB. */
const MAX_ANSWER_BYTES = 32 * 2 ** 20;

/** As many queries at once as ktop has: one that waited for another's connection would have waited within its timeout. */
const CONNECTIONS = 4;

/** Queries InfluxDB 1.x, 2.x (with a DBRP mapping) and 3.x with InfluxQL: POST /query. */
export function influxdbClient(options: InfluxdbOptions): InfluxdbClient {
	const {database, login, timeoutMs, flag = '--history'} = options;
	const url = new URL(options.url);
	const prefix = url.pathname.replace(/\/$/, '');
	const endpoint = createStoreEndpoint({
		origin: url.origin,
		words: INFLUXDB_WORDS,
		tls: options.tls,
		authorization: login && (async () => authorizationHeader(login, 'Token')),
		connections: CONNECTIONS,
	});
	const target = {origin: url.origin, database, flag};
	return {
		database,
		async query(statements, signal) {
			const form = new URLSearchParams({db: database, epoch: 'ms', q: statements.join('; ')});
			const {status, body} = await endpoint.post(
				`${prefix}/query`,
				Buffer.from(form.toString()),
				'application/x-www-form-urlencoded',
				{timeoutMs, maxBytes: MAX_ANSWER_BYTES, accept: 'application/json', signal, isRepeatable: true},
			);
			const text = body.toString('utf8');
			if (status < 200 || status >= 300) {
				throw influxdbAnswerFailure(status, text, target);
			}

			const results = await decodeQueryResultInTurns(text);
			if (results === undefined || results.length === 0) {
				throw proxyAnswerFailure(status, text, url.origin) ?? notInfluxdb(url.origin, flag);
			}

			return results.map(result => {
				if (result.kind === 'error') {
					throw influxdbStatementFailure(result.error, target);
				}

				if (result.isPartial) {
					throw truncated(url.origin);
				}

				return result.series;
			});
		},
		close: endpoint.close,
	};
}

function notInfluxdb(origin: string, flag: StoreFlag): KtopError {
	return new KtopError({
		code: 'bad-answer',
		brief: 'not InfluxDB',
		message: `${origin} does not answer like InfluxDB`,
		hint: `check the address of ${flag}: InfluxDB listens on 8086 (1.x, 2.x) or 8181 (3.x)`,
	});
}

function truncated(origin: string): KtopError {
	return new KtopError({
		code: 'too-large',
		brief: 'history truncated',
		message: `InfluxDB ${origin} returned only a part of the result, because of its max-row-limit`,
		hint: 'choose a shorter window, or raise max-row-limit in the configuration of InfluxDB',
	});
}
