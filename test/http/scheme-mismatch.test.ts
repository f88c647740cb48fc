import {expect, onTestFinished, test} from 'vitest';
import {createEndpoint} from '../../source/http/create-endpoint.ts';
import type {EndpointOptions} from '../../source/http/endpoint.ts';
import {startProxy} from './proxy-server.ts';
import {startRaw} from './raw-server.ts';
import {startServer, tlsOf} from './test-server.ts';

const words = {
	server: 'API server',
	caFlag: '--ca FILE',
	insecureFlag: '--insecure',
	serverNameFlag: '--name NAME',
};
const limits = {timeoutMs: 60_000, maxBytes: 1000};

const endpointTo = (origin: string, options: Partial<EndpointOptions> = {}) => {
	const endpoint = createEndpoint({origin, words, ...options});
	onTestFinished(endpoint.close);
	return endpoint;
};

/** What TLS servers say to plain HTTP: Go, nginx, Apache in HTTP; OpenSSL in a TLS alert. */
const ANSWERS: ReadonlyArray<readonly [who: string, answer: string]> = [
	['Go', 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n'],
	[
		'nginx',
		'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n<center>The plain HTTP request was sent to HTTPS port</center>',
	],
	[
		'Apache',
		"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nReason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
	],
	['an alert', '\u0015\u0003\u0001\u0000\u0002\u0002\u0046'],
];

const serving = async (answer: string) => {
	const server = await startRaw(socket => socket.once('data', () => socket.end(answer, 'latin1')));
	onTestFinished(server.close);
	return server;
};

test.each(ANSWERS)('a server that wants TLS and says so as %s does is understood', async (_who, answer) => {
	const {address} = await serving(answer);
	const endpoint = endpointTo(`http://${address}`);
	const expected = {
		brief: 'requires https',
		message: `API server http://${address} requires TLS on that port`,
		hint: `use https://${address}`,
	};

	await expect(endpoint.get('/', limits)).rejects.toMatchObject(expected);
	await expect(endpoint.stream('/', {idleTimeoutMs: 5000, maxLineBytes: 100})).rejects.toMatchObject(
		expected,
	);
});

test.each(ANSWERS)('a proxy that wants TLS and says so as %s does is understood', async (_who, answer) => {
	const {address} = await serving(answer);
	const endpoint = endpointTo('https://kube.invalid', {proxy: `http://${address}`});

	await expect(endpoint.get('/', limits)).rejects.toMatchObject({
		message: `cannot open a tunnel through the proxy ${address}: it requires TLS`,
		hint: `use https://${address}`,
	});
});

test('a TLS server that closes a plain HTTP connection leaves a hint at https', async () => {
	const server = await startServer((_request, response) => response.end('ok'), tlsOf('server-ip'));
	onTestFinished(server.close);

	await expect(endpointTo(server.origin.replace('https:', 'http:')).get('/', limits)).rejects.toMatchObject({
		hint: expect.stringContaining(server.origin),
	});
});

test('a plain HTTP server where TLS is tried is reported, with the address to use', async () => {
	const server = await startServer((_request, response) => response.end('ok'));
	onTestFinished(server.close);
	const origin = server.origin.replace('http:', 'https:');

	await expect(endpointTo(origin).get('/', limits)).rejects.toMatchObject({
		code: 'tls-not-https',
		message: expect.stringContaining(`API server ${origin} does not use TLS on that port`),
		hint: expect.stringContaining(`use ${server.origin}`),
	});
});

test('a plain HTTP proxy where TLS is tried is reported instead of the server', async () => {
	const proxy = await startProxy();
	onTestFinished(proxy.close);
	const endpoint = endpointTo('https://kube.invalid', {proxy: `https://127.0.0.1:${proxy.port}`});

	await expect(endpoint.get('/', limits)).rejects.toMatchObject({
		code: 'tls-not-https',
		message: expect.stringContaining(`proxy https://127.0.0.1:${proxy.port} does not use TLS`),
		hint: expect.stringContaining(`use http://127.0.0.1:${proxy.port}`),
	});
});

test('an answer of 400 over TLS is the server’s own, whatever it says', async () => {
	const server = await startServer((_request, response) => {
		response.writeHead(400).end('Client sent an HTTP request to an HTTPS server.\n');
	}, tlsOf('server-ip'));
	onTestFinished(server.close);

	expect((await endpointTo(server.origin, {tls: {isInsecure: true}}).get('/', limits)).status).toBe(400);
});
