import type {Answer} from '../../http/endpoint.ts';
import {withoutMarkup} from '../../http/markup.ts';
import {KtopError} from '../../metrics/model/failure.ts';

/** The maximum length of an error text in a message. */
const SHOWN_LENGTH = 160;

/** Errors for an unknown API version or request. cAdvisor sends all errors with status 500. */
const UNKNOWN_REQUEST = /^(?:unsupported API version|unknown request type|unknown request)/;

/** The error for an answer of cAdvisor other than 200, with its plain text. */
export function cadvisorAnswerFailure(url: string, path: string, {status, body}: Answer): KtopError {
	const shown = withoutMarkup(body.toString('utf8', 0, 10_000)).slice(0, SHOWN_LENGTH);
	const detail = shown === '' ? '' : `: ${shown}`;
	if (status === 401 || status === 403) {
		return new KtopError({
			code: status === 401 ? 'unauthorized' : 'forbidden',
			brief: status === 401 ? '401 unauthorized' : '403 forbidden',
			message: `cAdvisor ${url} rejected the credentials, or received none`,
			hint: 'add them to the address: http://USER:PASSWORD@HOST:PORT (cAdvisor’s --http_auth_file)',
		});
	}

	if (status === 404 || (status === 500 && UNKNOWN_REQUEST.test(shown))) {
		return new KtopError({
			code: status === 404 ? 'not-found' : 'unsupported',
			brief: status === 404 ? '404 not cAdvisor' : 'old cAdvisor',
			message: `cAdvisor ${url} has no ${path.split('?', 1).join('')}${detail}`,
			hint: 'check that this is the address of cAdvisor (port 8080, or 4194 of an old kubelet)',
		});
	}

	if (status >= 300 && status < 400) {
		return new KtopError({
			code: 'bad-answer',
			brief: `${status} redirect`,
			message: `cAdvisor ${url} answered ${path} with ${status}: a redirect, which ktop does not follow`,
			hint: 'use the address that it redirects to, if that is cAdvisor and not a login page',
		});
	}

	return new KtopError({
		code: status >= 500 ? 'server-error' : 'bad-answer',
		brief: `error ${status}`,
		message: `cAdvisor ${url} answered ${path} with ${status}${detail}`,
		hint: status >= 500 ? 'check the log of cAdvisor; ktop tries its other API version' : 'check the address',
	});
}
