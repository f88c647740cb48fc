import {withoutMarkup} from '../../http/markup.ts';
import {type Failure, KtopError} from '../../metrics/model/failure.ts';

/** What the store is and what was asked of it, for messages. No credentials. */
export type QueryTarget = {readonly origin: string; readonly database: string};

const SHOWN_LENGTH = 200;

/** Why an answer other than 2xx gives nothing. The store explains itself in `{"error": "…"}`, a proxy in whatever. */
export function influxdbAnswerFailure(status: number, body: string, asked: QueryTarget): KtopError {
	const said = errorOf(body) ?? withoutMarkup(body).slice(0, SHOWN_LENGTH);
	return new KtopError({...explainStatus(status, said, asked), message: told(asked, `${status}: ${said}`)});
}

/** Why a statement failed though the answer was 200. */
export function influxdbStatementFailure(error: string, asked: QueryTarget): KtopError {
	return new KtopError({...explainStatement(error, asked), message: told(asked, error)});
}

function told({origin}: QueryTarget, what: string): string {
	return `InfluxDB ${origin}: ${what}`;
}

function explainStatus(status: number, said: string, asked: QueryTarget): Omit<Failure, 'message'> {
	switch (status) {
		case 401:
			return {
				code: 'unauthorized',
				brief: '401 history',
				hint: 'give the user and password of the store, or its token: u= and p= in --history, or INFLUX_TOKEN',
			};
		case 403:
			return {
				code: 'forbidden',
				brief: '403 history',
				hint: `grant it: GRANT READ ON "${asked.database}" TO the user of --history`,
			};
		case 404:
			return {
				code: 'not-found',
				brief: '404 history',
				hint: 'check the address: InfluxDB 1.x listens on 8086, 2.x needs a DBRP mapping for the database',
			};
		default:
			return status >= 500
				? {code: 'server-error', brief: `${status} history`, hint: 'the store’s log says more'}
				: explainStatement(said, asked);
	}
}

/** The store's own words (github.com/influxdata/influxdb 1.x), and what helps against each. */
function explainStatement(error: string, {database}: QueryTarget): Omit<Failure, 'message'> {
	if (/database not found|bucket .*not found/i.test(error)) {
		return {
			code: 'not-found',
			brief: 'no such database',
			hint: `name one that exists with db= in --history; InfluxDB 2.x needs a DBRP mapping for “${database}”`,
		};
	}

	if (/retention policy not found/i.test(error)) {
		return {
			code: 'not-found',
			brief: 'no retention policy',
			hint: 'name one that exists with rp= in --history, or map it (influx v1 dbrp create)',
		};
	}

	if (/database name required/i.test(error)) {
		return {code: 'usage', brief: 'no database', hint: 'name the database with db= in --history'};
	}

	if (/limit exceeded|query killed|timeout|too many/i.test(error)) {
		return {
			code: 'too-large',
			brief: 'history too large',
			hint: 'look at a shorter window, or raise the store’s limit',
		};
	}

	return {
		code: 'bad-answer',
		brief: 'history error',
		hint: 'the store does not understand the query; tell its version',
	};
}

function errorOf(body: string): string | undefined {
	try {
		const answer: unknown = JSON.parse(body);
		return typeof answer === 'object' &&
			answer !== null &&
			'error' in answer &&
			typeof answer.error === 'string'
			? answer.error
			: undefined;
	} catch {
		return undefined;
	}
}
