import {withoutMarkup} from '../../http/markup.ts';
import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import {printable} from '../../metrics/model/printable.ts';
import {decodeEnvelope} from './query-result.ts';

const MAX_EXCERPT_LENGTH = 200;

type Explanation = Omit<Failure, 'message'>;

/** The failure of a response other than 2xx. `origin` has no credentials; the message holds nothing else of the request. */
export function prometheusAnswerFailure(status: number, body: string, origin: string): KtopError {
	const answer = decodeEnvelope(body);
	const [said, errorType] =
		answer?.kind === 'error' ? [answer.error, answer.errorType] : [withoutMarkup(body), ''];
	const redirect = status >= 300 && status < 400 ? 'a redirect, which ktop does not follow' : '';
	const text = said.trim() || redirect;
	const what = text === '' ? String(status) : `${status}: ${text}`;
	return new KtopError({...explainStatus(status, errorType, said), message: messageOf(origin, what)});
}

/** The failure of a query whose response has status 200, as some proxies send it. */
export function prometheusQueryFailure(errorType: string, error: string, origin: string): KtopError {
	return new KtopError({...explainError(errorType, error), message: messageOf(origin, error)});
}

/** For a response that is not of the Prometheus API: Grafana's UI, a login page, another server. */
export function noPrometheus(origin: string): KtopError {
	return new KtopError({
		code: 'bad-answer',
		brief: 'no Prometheus',
		message: `${origin} does not answer like Prometheus`,
		hint: `check the address and the path in --history; ${PATHS}`,
	});
}

const PATHS = 'Prometheus has none, Mimir /prometheus, VictoriaMetrics’ cluster /select/0/prometheus';

function messageOf(origin: string, what: string): string {
	const line = printable(what.replace(/\s+/g, ' ').trim());
	return `Prometheus ${origin}: ${[...line].slice(0, MAX_EXCERPT_LENGTH).join('')}`;
}

function explainStatus(status: number, errorType: string, said: string): Explanation {
	switch (status) {
		case 401:
			return {
				code: 'unauthorized',
				brief: '401 history',
				hint: /org id/i.test(said)
					? 'name the tenant: a header X-Scope-OrgID in --history'
					: 'set the user and password, or a bearer token, in --history',
			};
		case 403:
			return {
				code: 'forbidden',
				brief: '403 history',
				hint: 'allow the user of --history to query the store, or name a tenant that it may read',
			};
		case 404:
			return {code: 'not-found', brief: '404 history', hint: `check the path in --history: ${PATHS}`};
		case 429:
			return {
				code: 'throttled',
				brief: '429 history',
				hint: 'the store limits its queries; ktop tries again by itself',
			};
		case 400:
		case 422:
			return explainError(errorType, said);
		default:
			break;
	}

	if (status >= 300 && status < 400) {
		return {
			code: 'bad-answer',
			brief: `${status} history`,
			hint: 'use the address that it redirects to; if that is a login page, set a token',
		};
	}

	return status >= 500
		? explainError(errorType === 'timeout' ? errorType : 'unavailable', said)
		: explainError(errorType, said);
}

/** Error types are from `web/api/v1/api.go`; the patterns match messages of Prometheus, Mimir and VictoriaMetrics. */
function explainError(errorType: string, said: string): Explanation {
	if (
		/maximum resolution|too many (?:samples|points|series|timeseries|chunks)|maxPointsPer|limit|exceed/i.test(
			said,
		) &&
		errorType !== 'unavailable'
	) {
		return {
			code: 'too-large',
			brief: 'history too large',
			hint: 'choose a shorter window, or raise the limit of the store',
		};
	}

	switch (errorType) {
		case 'timeout':
		case 'canceled':
			return {
				code: 'timeout',
				brief: 'history too slow',
				hint: 'choose a shorter window, or raise --query.timeout of the store',
			};
		case 'unavailable':
		case 'internal':
			return {code: 'server-error', brief: 'history server error', hint: 'see the log of the store'};
		case 'not_found':
			return {code: 'not-found', brief: 'not in history', hint: `check the path in --history: ${PATHS}`};
		default:
			return {
				code: 'bad-answer',
				brief: 'history error',
				hint: 'check the labels and matchers in --history; if they are right, please report this with the version of the store',
			};
	}
}
