import type {Answer} from '../../http/endpoint.ts';
import {isMarkup, withoutMarkup} from '../../http/markup.ts';
import {KtopError} from '../../metrics/model/failure.ts';

/** The maximum length of an error text in a message. */
const SHOWN_LENGTH = 160;

/** `Forbidden (user=…, verb=get, resource=nodes, subresource(s)=[stats])`, or `subresource=stats` of older kubelets. */
const FORBIDDEN = /user=([^,]*), verb=(\w+), resource=(\w+), subresource(?:\(s\))?=\[?([\w ]+)/;

/** The error for an answer of a kubelet other than 200, with its plain text. */
export function kubeletAnswerFailure(url: string, path: string, {status, body}: Answer): KtopError {
	const said = body.toString('utf8', 0, 10_000).trim();
	const shown = withoutMarkup(said).slice(0, SHOWN_LENGTH);
	const detail = shown === '' ? '' : `: ${shown}`;
	if (status >= 400 && isMarkup(said)) {
		return new KtopError({
			code: status >= 500 ? 'server-error' : 'bad-answer',
			brief: `${status} not a kubelet`,
			message: `a proxy or firewall answered ${path} with ${status} instead of kubelet ${url}${detail}`,
			hint:
				status >= 500
					? 'the gateway or proxy on the way cannot reach the kubelet: check the address and the network path'
					: 'a firewall, proxy or gateway answered, and no right is missing: check the address and the network path',
		});
	}

	switch (status) {
		case 401:
			return new KtopError({
				code: 'unauthorized',
				brief: '401 unauthorized',
				message: `kubelet ${url} rejected the credentials, or received none`,
				hint: 'pass a valid token (--token-file) or --client-certificate; the kubelet may have webhook token authentication off, or not reach the API server',
			});
		case 403:
			return forbidden(url, path, said);
		case 404:
			return new KtopError({
				code: 'not-found',
				brief: notFoundBrief(path.split('?', 1).join('')),
				message: `kubelet ${url} has no ${path}`,
				hint: 'check that the address is a kubelet’s (port 10250, or 10255 read-only)',
			});
		case 405:
			return new KtopError({
				code: 'unsupported',
				brief: '405 disabled',
				message: `kubelet ${url} has ${path} disabled${detail}`,
				hint: 'enableDebuggingHandlers in the kubelet’s configuration enables it',
			});
		default:
			return otherFailure(url, path, status, detail);
	}
}

/** Without the path if that is too long for a table cell; nodes can set their own path. */
function notFoundBrief(path: string): string {
	const brief = `404 ${path}`;
	return brief.length > 24 ? '404 not found' : brief;
}

function forbidden(url: string, path: string, said: string): KtopError {
	const match = FORBIDDEN.exec(said);
	const subresource = match?.[4]?.split(' ', 1).join('') ?? (path.startsWith('/stats') ? 'stats' : 'metrics');
	const user = match?.[1] ?? 'this user';
	const isAnonymous = user === 'system:anonymous';
	return new KtopError({
		code: 'forbidden',
		brief: `403 needs nodes/${subresource}`,
		message: `kubelet ${url} forbids ${user} to get nodes/${subresource}`,
		hint: isAnonymous
			? 'pass a token (--token-file) or a client certificate; if you did, the kubelet’s webhook token authentication is off'
			: `grant it in a ClusterRole: apiGroups [""], resources ["nodes/${subresource}"], verbs ["get"]`,
	});
}

/** `detail` is what the kubelet said, after a colon. */
function otherFailure(url: string, path: string, status: number, detail: string): KtopError {
	if (status === 429) {
		return new KtopError({
			code: 'throttled',
			brief: '429 throttled',
			message: `kubelet ${url} receives too many requests${detail}`,
			hint: 'use a longer --interval',
		});
	}

	if (status >= 300 && status < 400) {
		return new KtopError({
			code: 'bad-answer',
			brief: `${status} redirect`,
			message: `kubelet ${url} answered ${path} with ${status}: a redirect, which ktop does not follow`,
			hint: 'kubelets do not redirect: use the address of the kubelet, not of a proxy or login page',
		});
	}

	return new KtopError({
		code: status >= 500 ? 'server-error' : 'bad-answer',
		brief: `error ${status}`,
		message: `kubelet ${url} answered ${path} with ${status}${detail}`,
		hint:
			status >= 500 ? 'check the log of the kubelet; ktop tries its other endpoints' : 'check the address',
	});
}
