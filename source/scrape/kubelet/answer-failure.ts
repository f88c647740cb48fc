import type {Answer} from '../../http/endpoint.ts';
import {isMarkup, withoutMarkup} from '../../http/markup.ts';
import {KtopError} from '../../metrics/model/failure.ts';

/** How much of an error's text is worth a line. */
const SHOWN_LENGTH = 160;

/** `Forbidden (user=…, verb=get, resource=nodes, subresource(s)=[stats])`, or `subresource=stats` of older kubelets. */
const FORBIDDEN = /user=([^,]*), verb=(\w+), resource=(\w+), subresource(?:\(s\))?=\[?([\w ]+)/;

/** What it means that a kubelet answered with anything but 200. Kubelets explain themselves in plain text. */
export function answerFailure(url: string, path: string, {status, body}: Answer): KtopError {
	const said = body.toString('utf8', 0, 10_000).trim();
	const shown = withoutMarkup(said).slice(0, SHOWN_LENGTH);
	if (status >= 400 && status < 500 && isMarkup(said)) {
		return new KtopError({
			code: 'bad-answer',
			brief: `${status} not a kubelet`,
			message: `something before kubelet ${url} answered ${path} with ${status}: ${shown}`,
			hint: 'a firewall, proxy or gateway answers in its place, and no right is missing: check the address and the way there',
		});
	}

	switch (status) {
		case 401:
			return new KtopError({
				code: 'unauthorized',
				brief: '401 unauthorized',
				message: `kubelet ${url} does not accept the credentials, or got none`,
				hint: 'give a valid token (--token-file) or --client-certificate; the kubelet may run without webhook token authentication, or not reach the API server',
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
				message: `kubelet ${url} has ${path} switched off: ${shown}`,
				hint: 'enableDebuggingHandlers in the kubelet’s configuration switches it on',
			});
		default:
			return otherFailure(url, path, status, shown);
	}
}

/** A path of the node's own choice may be longer than a cell of the table. */
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
			? 'give a token (--token-file) or a client certificate; if one was given, the kubelet’s webhook token authentication is off'
			: `grant it in a ClusterRole: apiGroups [""], resources ["nodes/${subresource}"], verbs ["get"]`,
	});
}

function otherFailure(url: string, path: string, status: number, shown: string): KtopError {
	if (status === 429) {
		return new KtopError({
			code: 'throttled',
			brief: '429 throttled',
			message: `kubelet ${url} has too many requests: ${shown}`,
			hint: 'poll more rarely with --interval',
		});
	}

	return new KtopError({
		code: status >= 500 ? 'server-error' : 'bad-answer',
		brief: `error ${status}`,
		message: `kubelet ${url} answered ${path} with ${status}: ${shown}`,
		hint: status >= 500 ? 'the kubelet’s log says more; ktop tries its other endpoints' : 'check the address',
	});
}
