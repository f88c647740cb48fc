import {createStoreEndpoint} from '../../http/create-store-endpoint.ts';
import type {EndpointWords, TlsOptions} from '../../http/endpoint.ts';
import {KtopError} from '../../metrics/failure.ts';
import {answerFailure, statementFailure} from './query-failure.ts';
import {decodeQueryResult, type ResultSeries} from './query-result.ts';

export type InfluxdbOptions = {
	/** `http://monitoring-influxdb:8086`; a path in front of the store's own may follow. */
	readonly url: string;
	readonly database: string;
	/** Basic for 1.x, Token for 2.x and 3.x. */
	readonly login:
		| {readonly kind: 'password'; readonly user: string; readonly password: string}
		| {readonly kind: 'token'; readonly token: string}
		| undefined;
	readonly tls?: TlsOptions | undefined;
	/** Of one query. */
	readonly timeoutMs: number;
};

/** The series of one statement; partial where the store cut the answer by a limit of its own. */
export type QueryAnswer = {readonly series: readonly ResultSeries[]; readonly isPartial: boolean};

export type InfluxdbClient = {
	/** One statement of InfluxQL; times come as Unix milliseconds. Throws `KtopError`. */
	readonly query: (statement: string, signal?: AbortSignal) => Promise<QueryAnswer>;
	readonly database: string;
	readonly close: () => Promise<void>;
};

const WORDS: EndpointWords = {
	server: 'InfluxDB',
	caFlag: 'ca= in --history',
	insecureFlag: 'insecure=true in --history',
	serverNameFlag: 'a host name in --history',
};

/** A week of a chart's points is some 100 kB; what is above was asked for wrongly. */
const MAX_ANSWER_BYTES = 32 * 2 ** 20;

/** Speaks POST /query with InfluxDB 1.x, 2.x (with a DBRP mapping) and 3.x. */
export function influxdbClient(options: InfluxdbOptions): InfluxdbClient {
	const {database, login, timeoutMs} = options;
	const url = new URL(options.url);
	const prefix = url.pathname.replace(/\/$/, '');
	const endpoint = createStoreEndpoint({
		origin: url.origin,
		words: WORDS,
		tls: options.tls,
		authorization: login && (async () => authorizationOf(login)),
	});
	const asked = {origin: url.origin, database};
	return {
		database,
		async query(statement, signal) {
			const form = new URLSearchParams({db: database, epoch: 'ms', q: statement});
			const {status, body} = await endpoint.post(
				`${prefix}/query`,
				Buffer.from(form.toString()),
				'application/x-www-form-urlencoded',
				{timeoutMs, maxBytes: MAX_ANSWER_BYTES, accept: 'application/json', signal},
			);
			const text = body.toString('utf8');
			if (status < 200 || status >= 300) {
				throw answerFailure(status, text, asked);
			}

			const [result] = decodeQueryResult(text) ?? [];
			if (result === undefined) {
				throw noResult(url.origin);
			}

			const failure = statementFailure(result, asked);
			if (failure !== undefined || result.kind === 'error') {
				throw failure;
			}

			return {series: result.series, isPartial: result.isPartial};
		},
		close: endpoint.close,
	};
}

function authorizationOf(login: NonNullable<InfluxdbOptions['login']>): string {
	return login.kind === 'token'
		? `Token ${login.token}`
		: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
}

function noResult(origin: string): KtopError {
	return new KtopError({
		code: 'bad-answer',
		brief: 'no InfluxDB',
		message: `${origin} does not answer as InfluxDB does`,
		hint: 'check the address of --history: InfluxDB listens on 8086 (1.x, 2.x) or 8181 (3.x)',
	});
}
