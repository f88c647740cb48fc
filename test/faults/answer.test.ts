import type {RequestListener} from 'node:http';
import {brotliCompressSync, gzipSync} from 'node:zlib';
import {afterAll, describe, expect, test} from 'vitest';
import {startServer} from '../http/test-server.ts';
import {recorded} from '../scrape/kubelet/recorded-kubelet.ts';
import {type Fault, testFaults} from './family.ts';

const serve =
	(listener: RequestListener): Fault['serve'] =>
	async onEnd => {
		const server = await startServer(listener);
		onEnd(server.close);
		return server.origin;
	};

/** The same answer to whatever is asked. */
const always = (
	status: number,
	body: string | Buffer,
	headers: Readonly<Record<string, string>> = {},
): Fault['serve'] =>
	serve((_request, response) => {
		response.writeHead(status, headers).end(body);
	});

const GATEWAY_PAGE = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
const LOGIN_PAGE = '<!doctype html><html><body>Please log in</body></html>';
const SUMMARY = recorded('summary-1.json');

/** 128 MiB of zeros in 128 kB. */
const BOMB = gzipSync(Buffer.alloc(128 * 2 ** 20), {level: 1});

/** Where a redirect leads, which nobody may follow. */
const elsewhere = await startServer((_request, response) => {
	response.end(SUMMARY);
});
afterAll(elsewhere.close);

const FAULTS: readonly Fault[] = [
	{
		fault: '404: not a kubelet',
		serve: always(404, '404 page not found'),
		sees: {
			row: '404 /stats/summary',
			code: 'not-found',
			said: 'kubelet http://HOST has no /stats/summary; check that the address is a kubelet’s (port 10250, or 10255 read-only)',
		},
	},
	{
		fault: '429 with Retry-After',
		serve: always(429, 'Too Many Requests', {'retry-after': '30'}),
		sees: {
			row: '429 throttled',
			code: 'throttled',
			said: 'kubelet http://HOST receives too many requests: Too Many Requests; use a longer --interval',
		},
	},
	{
		fault: '500 of the kubelet',
		serve: always(500, 'Internal Error: failed to list pod stats'),
		sees: {
			row: 'error 500',
			code: 'server-error',
			said: 'kubelet http://HOST answered /stats/summary with 500: Internal Error: failed to list pod stats; check the log of the kubelet; ktop tries its other endpoints',
		},
	},
	{
		fault: '502 of a gateway',
		serve: always(502, GATEWAY_PAGE, {'content-type': 'text/html'}),
		sees: {
			row: '502 not a kubelet',
			code: 'server-error',
			said: 'a proxy or firewall answered /stats/summary with 502 instead of kubelet http://HOST: 502 Bad Gateway nginx; the gateway or proxy on the way cannot reach the kubelet: check the address and the network path',
		},
	},
	{
		fault: '503 of the kubelet',
		serve: always(503, 'Service Unavailable', {'retry-after': '1'}),
		sees: {
			row: 'error 503',
			code: 'server-error',
			said: 'kubelet http://HOST answered /stats/summary with 503: Service Unavailable; check the log of the kubelet; ktop tries its other endpoints',
		},
	},
	{
		fault: 'a redirect to another host',
		serve: always(302, '', {location: `${elsewhere.origin}/stats/summary`}),
		sees: {
			row: '302 redirect',
			code: 'bad-answer',
			said: 'kubelet http://HOST answered /stats/summary with 302: a redirect, which ktop does not follow; kubelets do not redirect: use the address of the kubelet, not of a proxy or login page',
		},
	},
	{
		fault: 'a permanent redirect to https',
		serve: always(308, '', {location: 'https://127.0.0.1/stats/summary'}),
		sees: {
			row: '308 redirect',
			code: 'bad-answer',
			said: 'kubelet http://HOST answered /stats/summary with 308: a redirect, which ktop does not follow; kubelets do not redirect: use the address of the kubelet, not of a proxy or login page',
		},
	},
	{
		fault: 'a login page with 200',
		serve: always(200, LOGIN_PAGE, {'content-type': 'text/html'}),
		sees: {
			row: 'not a summary',
			code: 'bad-answer',
			said: 'the answer of /stats/summary is not JSON; check that this is the address of a kubelet and not of a proxy',
		},
	},
	{
		fault: 'the page of a firewall with 403',
		serve: always(403, LOGIN_PAGE, {'content-type': 'text/html'}),
		sees: {
			row: '403 not a kubelet',
			code: 'bad-answer',
			said: 'a proxy or firewall answered /stats/summary with 403 instead of kubelet http://HOST: Please log in; a firewall, proxy or gateway answered, and no right is missing: check the address and the network path',
		},
	},
	{
		fault: '204 without a body',
		serve: always(204, ''),
		sees: {
			row: 'error 204',
			code: 'bad-answer',
			said: 'kubelet http://HOST answered /stats/summary with 204; check the address',
		},
	},
	{
		fault: '200 without a body',
		serve: always(200, ''),
		sees: {
			row: 'not a summary',
			code: 'bad-answer',
			said: 'the answer of /stats/summary is not JSON; check that this is the address of a kubelet and not of a proxy',
		},
	},
	{
		fault: 'the right body with the wrong content type',
		serve: always(200, SUMMARY, {'content-type': 'image/png'}),
		sees: {row: 'ok Nms', code: '–', said: '–'},
	},
	{
		fault: 'a gzip bomb',
		serve: always(200, BOMB, {'content-encoding': 'gzip'}),
		sees: {
			row: 'answer too large',
			code: 'too-large',
			said: 'kubelet http://HOST sent more than 64 MiB, which is more than ktop accepts; check that the address is that of the kubelet; ktop uses a smaller endpoint where there is one',
		},
	},
	{
		fault: 'broken gzip',
		serve: always(200, gzipSync(SUMMARY).subarray(0, 1000), {'content-encoding': 'gzip'}),
		sees: {
			row: 'broken gzip',
			code: 'bad-answer',
			said: 'kubelet http://HOST sent an invalid gzip body; something on the network path corrupts answers; ktop retries automatically',
		},
	},
	{
		fault: 'an encoding that nobody asked for',
		serve: always(200, brotliCompressSync(SUMMARY), {'content-encoding': 'br'}),
		sees: {
			row: 'not a summary',
			code: 'bad-answer',
			said: 'the answer of /stats/summary is not JSON; check that this is the address of a kubelet and not of a proxy',
		},
	},
	{
		fault: 'a body without end',
		serve: serve((_request, response) => {
			const part = Buffer.alloc(2 ** 20, ' ');
			const more = (): void => {
				while (!response.destroyed && response.write(part)) {}
			};
			response.on('drain', more);
			more();
		}),
		sees: {
			row: 'answer too large',
			code: 'too-large',
			said: 'kubelet http://HOST sent more than 64 MiB, which is more than ktop accepts; check that the address is that of the kubelet; ktop uses a smaller endpoint where there is one',
		},
	},
	{
		fault: 'a length that is none',
		serve: always(200, SUMMARY, {'content-length': '7'}),
		sees: {
			row: 'not a summary',
			code: 'bad-answer',
			said: 'the answer of /stats/summary is not JSON; check that this is the address of a kubelet and not of a proxy',
		},
	},
];

testFaults('answers', FAULTS);

describe('a redirect', () => {
	test('is not followed, to another host least of all', () => {
		expect(elsewhere.connections()).toBe(0);
	});
});
