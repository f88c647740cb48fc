import type {Answer} from '../../../http/endpoint.ts';
import {isMarkup, withoutMarkup} from '../../../http/markup.ts';
import {type Failure, KtopError} from '../../../metrics/model/failure.ts';
import {oneLine} from '../one-line.ts';
import {missingPermission, type Permission} from './permission.ts';
import {decodeStatus, type Status} from './status.ts';

const messageLimit = 400;
/** Of a page, what comes first is mostly style. */
const pageLimit = 10_000;

/**
 * Why the API server did not give what was asked for, as an error to throw; `undefined` for a 2xx answer. The
 * server's own message is kept, made printable. Only a Status is the API server's word on rights.
 *
 * @param subject what was asked for, for the message (`list nodes`).
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
			message: `${subject}: something before the API server answered ${answer.status}${detail}`,
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
				hint: 'the credentials are unknown or expired: log in again, or check with: kubectl auth whoami',
			};
		case 403:
			return explainForbidden(status);
		case 404:
			return {
				code: 'not-found',
				brief: '404 not found',
				hint: 'the server has no such object or API; check the name and the server address',
			};
		case 410:
			return {code: 'server-error', brief: '410 expired', hint: 'ktop lists again by itself; nothing to do'};
		case 429:
			return {
				code: 'throttled',
				brief: '429 throttled',
				hint: 'the server is busy: use a longer --interval, or let cluster admins raise the priority level',
			};
		default:
			return explainOther(code, status);
	}
}

/**
 * Whether what is no Status comes from a firewall, a proxy or a gateway. Every refusal of the API server is a Status; to
 * a path that it does not know, and when it is busy, it may answer in plain text.
 */
function isOfAnother(code: number, body: string): boolean {
	return code === 403 || (code >= 400 && code < 500 && isMarkup(body));
}

function explainAnother(code: number): Explanation {
	return {
		code: 'bad-answer',
		brief: `${code} not API server`,
		hint: 'a firewall, proxy or gateway answers in its place, and no right is missing: check the address, HTTPS_PROXY and NO_PROXY',
	};
}

function explainForbidden(status: Status | undefined): Explanation {
	const missing = missingPermission(status?.message ?? '');
	if (missing === undefined) {
		return {code: 'forbidden', brief: '403 forbidden', hint: 'grant the rights that this prints: ktop rbac'};
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
		return 'no credentials reached the server, or it knows nothing of them: log in, and check the context’s user';
	}

	if (resource === 'nodes/proxy') {
		return 'nodes/proxy is a right to do anything in every container: better let ktop reach and trust the kubelets themselves (ktop doctor)';
	}

	// Of other groups ktop needs nothing, and its manifest holds nothing.
	return group === ''
		? `grant the verb ${right}; a manifest is printed by: ktop rbac`
		: `grant the verb ${right}`;
}

function explainOther(code: number, status: Status | undefined): Explanation {
	// The API server answers so when its proxy cannot reach the node; the server itself is well.
	if (code === 503 && status?.message.startsWith('error trying to reach service') === true) {
		return {
			code: 'unreachable',
			brief: '503 node unreachable',
			hint: 'the API server cannot reach this kubelet: is the node up, and its port open to the control plane?',
		};
	}
	if (code >= 500) {
		return {
			code: 'server-error',
			brief: `${code} server error`,
			hint: 'the server, or a proxy before it, is in trouble; look at its health: kubectl get --raw /readyz',
		};
	}
	if (code >= 300 && code < 400) {
		return {
			code: 'bad-answer',
			brief: `${code} redirect`,
			hint: 'a login page or a web console answers here; use the address of the API server itself',
		};
	}
	return {
		code: 'bad-answer',
		brief: `${code} refused`,
		hint: 'the server does not accept this request; does its version match the address?',
	};
}
