import type {Answer} from '../../http/endpoint.ts';
import {withoutMarkup} from '../../http/markup.ts';
import {KtopError} from '../../metrics/model/failure.ts';

/** How much of an error's text is worth a line. */
const SHOWN_LENGTH = 160;

/** What cAdvisor says to a version or a request it does not know, as to everything else with status 500. */
const UNKNOWN_REQUEST = /^(?:unsupported API version|unknown request type|unknown request)/;

/** What it means that cAdvisor answered with anything but 200. It explains itself in plain text. */
export function answerFailure(url: string, path: string, {status, body}: Answer): KtopError {
	const shown = withoutMarkup(body.toString('utf8', 0, 10_000)).slice(0, SHOWN_LENGTH);
	if (status === 401 || status === 403) {
		return new KtopError({
			code: status === 401 ? 'unauthorized' : 'forbidden',
			brief: status === 401 ? '401 unauthorized' : '403 forbidden',
			message: `cAdvisor ${url} does not accept the credentials, or got none`,
			hint: 'write them into the address: http://USER:PASSWORD@HOST:PORT (cAdvisor’s --http_auth_file)',
		});
	}

	if (status === 404 || (status === 500 && UNKNOWN_REQUEST.test(shown))) {
		return new KtopError({
			code: status === 404 ? 'not-found' : 'unsupported',
			brief: status === 404 ? '404 not cAdvisor' : 'old cAdvisor',
			message: `cAdvisor ${url} has no ${path.split('?', 1).join('')}: ${shown}`,
			hint: 'check that the address is cAdvisor’s (port 8080, or 4194 of an old kubelet)',
		});
	}

	return new KtopError({
		code: status >= 500 ? 'server-error' : 'bad-answer',
		brief: `error ${status}`,
		message: `cAdvisor ${url} answered ${path} with ${status}: ${shown}`,
		hint: status >= 500 ? 'cAdvisor’s log says more; ktop tries its other API' : 'check the address',
	});
}
