import type {Answer} from '../../../http/endpoint.ts';
import {isMarkup, withoutMarkup} from '../../../http/markup.ts';
import {type Failure, KtopError} from '../../../metrics/model/failure.ts';
import {oneLine} from '../one-line.ts';
import {missingPermission, type Permission} from './permission.ts';
import {decodeStatus, type Status} from './status.ts';

const messageLimit = 400;
/** Bytes to search for text, as a page often begins with long styles. */
const pageLimit = 10_000;

/**
 * The error for an answer of the API server; undefined for 2xx. Includes the server's message, made printable. Only a
 * `Status` counts as an answer of the API server about rights.
 *
 * @param subject the request, for the message (`list nodes`).
 */
export function apiFailure(answer: Pick<Answer, 'status' | 'body'>, subject: string): KtopError | undefined {
	if (answer.status >= 200 && answer.status < 300) {
		return undefined;
	}
	const status = decodeStatus(answer.body);
	const text = answer.body.toString('utf8', 0, pageLimit);
	const said = oneLine(status?.message || withoutMarkup(text), messageLimit);
	const detail = said === '' ? '' : `: ${said}`;
	if (status === undefined && isOfAnother(answer.status, text)) {
		return new KtopError({
			...explainAnother(answer.status),
			message: `${subject}: a proxy or firewall answered ${answer.status} instead of the API server${detail}`,
		});
	}
	return new KtopError({
		...explain(answer.status, status),
		message: `${subject}: ${answer.status}${detail}`,
	});
}

type Explanation = Omit<Failure, 'message'>;

function explain(code: number, status: Status | undefined): Explanation {
	switch (code) {
		case 401:
			return {
				code: 'unauthorized',
				brief: '401 unauthorized',
				hint: 'the credentials are invalid or expired: log in again, or check with: kubectl auth whoami',
			};
		case 403:
			return explainForbidden(status);
		case 404:
			return {
				code: 'not-found',
				brief: '404 not found',
				hint: 'the server does not have this object or API: check the name and the server address',
			};
		case 410:
			return {code: 'server-error', brief: '410 expired', hint: 'ktop lists again automatically'};
		case 429:
			return {
				code: 'throttled',
				brief: '429 throttled',
				hint: 'the server is overloaded: use a longer --interval, or ask a cluster admin to raise the priority level',
			};
		default:
			return explainOther(code, status);
	}
}

/**
 * Whether an answer without a `Status` comes from a firewall, proxy or gateway. The API server always sends a `Status`
 * with a 403; for unknown paths and under load it may send plain text.
 */
function isOfAnother(code: number, body: string): boolean {
	return code === 403 || (code >= 400 && code < 500 && isMarkup(body));
}

function explainAnother(code: number): Explanation {
	return {
		code: 'bad-answer',
		brief: `${code} not API server`,
		hint: 'a firewall, proxy or gateway answered, and no right is missing: check the address, HTTPS_PROXY and NO_PROXY',
	};
}

function explainForbidden(status: Status | undefined): Explanation {
	const missing = missingPermission(status?.message ?? '');
	if (missing === undefined) {
		return {code: 'forbidden', brief: '403 forbidden', hint: 'grant the rights that ktop rbac prints'};
	}
	const verb = oneLine(missing.verb, 20);
	const resource = oneLine(missing.resource, 80);
	const group = missing.group === '' ? '' : ` of ${oneLine(missing.group, 80)}`;
	const scope = missing.namespace === undefined ? '' : ` in namespace ${oneLine(missing.namespace, 63)}`;
	return {
		code: 'forbidden',
		brief: oneLine(`403 needs ${resource}`, 24),
		hint: forbiddenHint(status?.message ?? '', missing, `${verb} on ${resource}${group}${scope}`),
	};
}

function forbiddenHint(message: string, {resource, group}: Permission, right: string): string {
	if (message.includes('User "system:anonymous"')) {
		return 'the server received no valid credentials: log in, and check the user of the context';
	}

	if (resource === 'nodes/proxy') {
		return 'nodes/proxy allows everything in every container: prefer direct access to kubelets (see ktop doctor)';
	}

	if (resource === 'events') {
		return `grant the verb ${right}; ktop rbac --events prints a manifest`;
	}

	if (group === 'apps') {
		return `grant the verb ${right}; ktop rbac --workloads prints a manifest`;
	}

	// The manifest of ktop only has rights of the core group.
	return group === '' ? `grant the verb ${right}; ktop rbac prints a manifest` : `grant the verb ${right}`;
}

function explainOther(code: number, status: Status | undefined): Explanation {
	// The API server's proxy cannot reach the node; the server itself is healthy.
	if (code === 503 && status?.message.startsWith('error trying to reach service') === true) {
		return {
			code: 'unreachable',
			brief: '503 node unreachable',
			hint: 'the API server cannot reach this kubelet: check that the node is up and its port open to the control plane',
		};
	}
	if (code >= 500) {
		return {
			code: 'server-error',
			brief: `${code} server error`,
			hint: 'the server, or a proxy in front of it, has a problem; check with: kubectl get --raw /readyz',
		};
	}
	if (code >= 300 && code < 400) {
		return {
			code: 'bad-answer',
			brief: `${code} redirect`,
			hint: 'this is a login page or web console; use the address of the API server',
		};
	}
	return {
		code: 'bad-answer',
		brief: `${code} refused`,
		hint: 'the server rejected this request; check the address and the version of the server',
	};
}
