import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {apiFailure} from '../../../../source/cluster/connection/api/api-failure.ts';

const recorded = (name: string): Buffer =>
	readFileSync(new URL(`../../../fixtures/apiserver/${name}.json`, import.meta.url));

const account = 'User "system:serviceaccount:ops:no-rights" cannot';

test.each([
	['401-bad-token', 401, 'unauthorized', '401 unauthorized', 'Unauthorized', 'log in again'],
	[
		'403-no-rights-nodes',
		403,
		'forbidden',
		'403 needs nodes',
		`nodes is forbidden: ${account} list resource "nodes" in API group "" at the cluster scope`,
		'grant the verb list on nodes; ktop rbac prints a manifest',
	],
	[
		'403-no-rights-proxy-summary',
		403,
		'forbidden',
		'403 needs nodes/proxy',
		`nodes "node-a" is forbidden: ${account} get resource "nodes/proxy" in API group "" at the cluster scope`,
		'nodes/proxy allows everything in every container',
	],
	[
		'404-metrics-api-absent',
		403,
		'forbidden',
		'403 needs nodes',
		'nodes.metrics.k8s.io is forbidden: User "system:serviceaccount:ops:ktop" cannot list resource "nodes" in API group "metrics.k8s.io" at the cluster scope',
		'grant the verb list on nodes of metrics.k8s.io',
	],
	[
		'node-404',
		404,
		'not-found',
		'404 not found',
		'nodes "nope" not found',
		'the server does not have this object',
	],
	[
		'403-anonymous-nodes',
		403,
		'forbidden',
		'403 needs nodes',
		'nodes is forbidden: User "system:anonymous" cannot list resource "nodes" in API group "" at the cluster scope',
		'the server received no valid credentials',
	],
	[
		'proxy-kubelet-hung-client-limit75s',
		503,
		'unreachable',
		'503 node unreachable',
		'error trying to reach service: net/http: TLS handshake timeout',
		'the API server cannot reach this kubelet',
	],
	[
		'503-proxy-kubelet-down-summary',
		503,
		'unreachable',
		'503 node unreachable',
		'error trying to reach service: dial tcp 10.240.0.10:10250: connect: connection refused',
		'the API server cannot reach this kubelet',
	],
	[
		'pods-bad-continue-400',
		400,
		'bad-answer',
		'400 refused',
		"invalid continue token: continue key is not valid: invalid character '\\u0081' looking for beginning of value",
		'the server rejected this request',
	],
])('the recorded answer %s has its own reason and hint', (name, status, code, brief, said, hint) => {
	const failure = apiFailure({status, body: recorded(name)}, 'ask');

	expect(failure).toMatchObject({code, brief, message: `ask: ${status}: ${said}`});
	expect(failure?.hint).toContain(hint);
});

test('a namespace that a right is missing in is named', () => {
	const message =
		'pods is forbidden: User "jane" cannot watch resource "pods" in API group "" in the namespace "shop"';
	const body = Buffer.from(JSON.stringify({kind: 'Status', message}));

	expect(apiFailure({status: 403, body}, 'watch pods')?.hint).toBe(
		'grant the verb watch on pods in namespace shop; ktop rbac prints a manifest',
	);
});

test.each([
	[410, 'server-error', '410 expired'],
	[429, 'throttled', '429 throttled'],
	[500, 'server-error', '500 server error'],
	[503, 'server-error', '503 server error'],
	[302, 'bad-answer', '302 redirect'],
	[418, 'bad-answer', '418 refused'],
])('a bare %i is the failure %s', (status, code, brief) => {
	expect(apiFailure({status, body: Buffer.alloc(0)}, 'ask')).toMatchObject({
		code,
		brief,
		message: `ask: ${status}`,
	});
});

test('what a server says is one printable line of limited length', () => {
	const body = Buffer.from(`<html>\r\n\u001B[2Jbad gateway${'y'.repeat(10_000)}`);
	const message = apiFailure({status: 502, body}, 'list nodes')?.message ?? '';

	expect(message).toMatch(/^list nodes: 502: bad gatewayy+…$/u);
	expect(message.length).toBeLessThan(450);
});

/** What firewalls, login proxies and gateways answer. */
const pages: readonly (readonly [number, string, string])[] = [
	[
		403,
		'<!DOCTYPE html>\n<html><head><style>body {color: red}</style><title>Blocked</title></head><body><h1>Access &lt;denied</h1></body></html>',
		'Blocked Access &lt;denied',
	],
	[403, 'Access denied by policy 17', 'Access denied by policy 17'],
	[403, '{"type":"error","code":"Forbidden"}', '{"type":"error","code":"Forbidden"}'],
	[401, '<html><script>let a = "<b>";</script>Log in</html>', 'Log in'],
	[404, '<?xml version="1.0"?><Error>NoSuchBucket</Error>', 'NoSuchBucket'],
];

test.each(pages)('a %i that is no Status is not the API server’s word: %j', (status, body, said) => {
	const failure = apiFailure({status, body: Buffer.from(body)}, 'list pods');

	expect(failure).toMatchObject({
		code: 'bad-answer',
		brief: `${status} not API server`,
		message: `list pods: a proxy or firewall answered ${status} instead of the API server: ${said}`,
	});
	expect(failure?.hint).toMatch(/firewall, proxy or gateway/u);
	expect(failure?.hint).not.toMatch(/grant|ktop rbac/u);
});

test('what the API server itself says in plain text stays its word', () => {
	const body = Buffer.from('Too many requests, please try again later.\n');

	expect(apiFailure({status: 429, body}, 'list pods')).toMatchObject({code: 'throttled'});
	expect(apiFailure({status: 404, body: Buffer.from('404 page not found\n')}, 'get /x')).toMatchObject({
		code: 'not-found',
	});
});

test.each([200, 201, 299])('%i is no failure', status => {
	expect(apiFailure({status, body: Buffer.alloc(0)}, 'ask')).toBeUndefined();
});

test('every brief fits a table cell, however long the names are', () => {
	const message = `x cannot get resource "${'resource'.repeat(9)}/sub" in API group ""`;
	const body = Buffer.from(JSON.stringify({kind: 'Status', message}));

	expect(apiFailure({status: 403, body}, 'ask')?.brief.length).toBe(24);
});
