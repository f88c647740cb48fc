import {withoutMarkup} from '../../http/markup.ts';
import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import {isJsonObject, parseJson} from '../../metrics/model/json.ts';
import {proxyAnswerFailure} from './proxy-answer.ts';

/** The option that names the store: one is read from, the other written to. */
export type StoreFlag = '--history' | '--sink';

/** The server and database of a request, for messages; without credentials. */
export type QueryTarget = {
	readonly origin: string;
	readonly database: string;
	/** `--history` by default. */
	readonly flag?: StoreFlag | undefined;
};

const MAX_EXCERPT_LENGTH = 200;

/** The failure of a response other than 2xx. InfluxDB's body is `{"error": "…"}`; a proxy's may be anything. */
export function influxdbAnswerFailure(status: number, body: string, target: QueryTarget): KtopError {
	const ofAnother = proxyAnswerFailure(status, body, target.origin);
	if (ofAnother !== undefined) {
		return ofAnother;
	}

	const error = errorOf(body) ?? withoutMarkup(body).slice(0, MAX_EXCERPT_LENGTH);
	const said = error === '' && isRedirect(status) ? 'a redirect, which ktop does not follow' : error;
	const message = `InfluxDB ${target.origin}: ${status}${said === '' ? '' : `: ${said}`}`;
	return new KtopError({...explainStatus(status, error, target), message});
}

/** The failure of a statement whose response has status 200. */
export function influxdbStatementFailure(error: string, target: QueryTarget): KtopError {
	return new KtopError({
		...explainStatement(error, target),
		message: `InfluxDB ${target.origin}: ${error}`,
	});
}

type Explanation = Omit<Failure, 'message'>;

function explainStatus(status: number, error: string, target: QueryTarget): Explanation {
	const {flag = '--history', database} = target;
	switch (status) {
		case 401:
			return {
				code: 'unauthorized',
				brief: '401 history',
				hint: `set the user and password with u= and p= in ${flag}, or a token with INFLUX_TOKEN`,
			};
		case 403:
			return {
				code: 'forbidden',
				brief: '403 history',
				hint: `run GRANT ${flag === '--sink' ? 'ALL' : 'READ'} ON "${database}" TO the user of ${flag}`,
			};
		case 404:
			return {
				code: 'not-found',
				brief: '404 history',
				hint: 'check the address: InfluxDB 1.x listens on 8086, 2.x needs a DBRP mapping for the database',
			};
		case 429:
			return {
				code: 'throttled',
				brief: '429 history',
				hint: 'InfluxDB limits its requests; ktop tries again by itself',
			};
		default:
			break;
	}

	if (status >= 500) {
		return {code: 'server-error', brief: `${status} history`, hint: hintOfServerError(error)};
	}

	return isRedirect(status)
		? {
				code: 'bad-answer',
				brief: `${status} history`,
				hint: `name the address that it redirects to in ${flag}, unless that is a login page`,
			}
		: explainStatement(error, target);
}

function isRedirect(status: number): boolean {
	return status >= 300 && status < 400;
}

function hintOfServerError(error: string): string {
	return /no space left|disk (?:is )?full|quota exceeded/i.test(error)
		? 'free space on the disk of InfluxDB'
		: 'see the log of InfluxDB';
}

/** Matches error messages of github.com/influxdata/influxdb 1.x. */
function explainStatement(error: string, {database, flag = '--history'}: QueryTarget): Explanation {
	if (/database not found|bucket .*not found/i.test(error)) {
		return {
			code: 'not-found',
			brief: 'no such database',
			hint: `name an existing one with db= in ${flag}; InfluxDB 2.x needs a DBRP mapping for “${database}”`,
		};
	}

	if (/retention policy not found/i.test(error)) {
		return {
			code: 'not-found',
			brief: 'no retention policy',
			hint: `name an existing one with rp= in ${flag}, or map it (influx v1 dbrp create)`,
		};
	}

	if (/database name required/i.test(error)) {
		return {code: 'usage', brief: 'no database', hint: `name the database with db= in ${flag}`};
	}

	if (/limit exceeded|query killed|timeout|too many/i.test(error)) {
		return {
			code: 'too-large',
			brief: 'history too large',
			hint:
				flag === '--sink'
					? 'raise the limit of InfluxDB'
					: 'choose a shorter window, or raise the limit of InfluxDB',
		};
	}

	return {
		code: 'bad-answer',
		brief: 'history error',
		hint: `InfluxDB rejected the ${flag === '--sink' ? 'request' : 'query'}; please report this with its version`,
	};
}

function errorOf(body: string): string | undefined {
	const answer = parseJson(body);
	return isJsonObject(answer) && typeof answer.error === 'string' ? answer.error : undefined;
}
