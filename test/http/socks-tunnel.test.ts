import {expect, onTestFinished, test} from 'vitest';
import {createEndpoint} from '../../source/http/create-endpoint.ts';
import type {EndpointOptions} from '../../source/http/endpoint.ts';
import {startProxy} from './proxy-server.ts';
import {startSocks} from './socks-server.ts';
import {pem, startServer, tlsOf} from './test-server.ts';

const words = {server: 'API server', caFlag: '--ca', insecureFlag: '--insecure', serverNameFlag: '--name'};
const limits = {timeoutMs: 60_000, maxBytes: 1000};

const endpointTo = (origin: string, options: Partial<EndpointOptions>) => {
	const endpoint = createEndpoint({origin, words, ...options});
	onTestFinished(endpoint.close);
	return endpoint;
};

const serveOk = async (tls?: Parameters<typeof startServer>[1]) => {
	const server = await startServer((_request, response) => response.end('ok'), tls);
	onTestFinished(server.close);
	return {...server, port: Number(new URL(server.origin).port)};
};

const socksThat = async (options: Parameters<typeof startSocks>[0]) => {
	const socks = await startSocks(options);
	onTestFinished(socks.close);
	return socks;
};

test.each(['socks5', 'socks5h'])('%s: the proxy resolves the name, and its tunnel is kept', async scheme => {
	const server = await serveOk(tlsOf('server-hostname'));
	const socks = await socksThat({redirectPort: server.port});
	const endpoint = endpointTo('https://only-the-proxy-knows.invalid:6443', {
		tls: {ca: pem('ca.crt'), serverName: 'node-a'},
		proxy: `${scheme}://127.0.0.1:${socks.port}`,
	});

	for (let round = 0; round < 3; round += 1) {
		expect((await endpoint.get('/', limits)).body.toString()).toBe('ok');
	}

	expect(socks.targets).toEqual(['only-the-proxy-knows.invalid:6443']);
});

test('a server on plain http at an address is reached too, and listened to', async () => {
	const server = await startServer((_request, response) => response.end('one\ntwo\n'));
	onTestFinished(server.close);
	const socks = await socksThat({});
	const endpoint = endpointTo(server.origin, {proxy: `socks5://127.0.0.1:${socks.port}`});
	const lines: string[] = [];
	const {lines: stream} = await endpoint.stream('/', {idleTimeoutMs: 5000, maxLineBytes: 100});
	for await (const line of stream) {
		lines.push(line);
	}

	expect(lines).toEqual(['one', 'two']);
	expect(socks.targets).toEqual([new URL(server.origin).host]);
});

test('the certificate of the server is verified through the tunnel', async () => {
	const server = await serveOk(tlsOf('server-hostname'));
	const socks = await socksThat({});
	const endpoint = endpointTo(server.origin, {
		tls: {ca: pem('ca.crt')},
		proxy: `socks5://127.0.0.1:${socks.port}`,
	});

	await expect(endpoint.get('/', limits)).rejects.toMatchObject({code: 'tls-name-mismatch'});
});

test('user and password are sent to the proxy, decoded', async () => {
	const server = await serveOk();
	const socks = await socksThat({login: 'me:p@ss'});
	const endpoint = endpointTo(server.origin, {proxy: `socks5://me:p%40ss@127.0.0.1:${socks.port}`});

	expect((await endpoint.get('/', limits)).status).toBe(200);
	expect(socks.logins).toEqual(['me:p@ss']);
});

test.each([
	['another password', {login: 'me:right'}, 'me:SECRET@', /rejected the user and password/, /check them/],
	[
		'no login where one is wanted',
		{login: 'me:right'},
		'',
		/requires a user and password/,
		/socks5:\/\/USER/,
	],
	['a rule against it', {reply: 2}, '', /cannot reach kube\.invalid:443: connection not allowed/, /NO_PROXY/],
	[
		'a server that is away',
		{reply: 5},
		'',
		/cannot reach kube\.invalid:443: connection refused/,
		/as seen from the proxy/,
	],
])('%s is reported with only the address of the proxy', async (_what, options, login, message, hint) => {
	const socks = await socksThat(options);
	const endpoint = endpointTo('https://kube.invalid', {proxy: `socks5://${login}127.0.0.1:${socks.port}`});

	const failure = await endpoint.get('/', limits).catch((error: unknown) => error);

	expect(failure).toMatchObject({
		code: 'unreachable',
		brief: 'proxy failed',
		message: expect.stringMatching(message),
		hint: expect.stringMatching(hint),
	});
	expect(String((failure as Error).message)).toContain(`the proxy 127.0.0.1:${socks.port}`);
	expect(String((failure as Error).stack)).not.toContain('SECRET');
});

test('an HTTP proxy that is taken for a SOCKS one is reported', async () => {
	const proxy = await startProxy();
	onTestFinished(proxy.close);
	const endpoint = endpointTo('https://kube.invalid', {proxy: `socks5://127.0.0.1:${proxy.port}`});

	await expect(endpoint.get('/', limits)).rejects.toMatchObject({
		message: expect.stringContaining('there is no SOCKS5 proxy on that port'),
		hint: expect.stringContaining('http://'),
	});
});

test('a proxy that is not there is blamed instead of the server', async () => {
	const gone = await socksThat({});
	await gone.close();
	const endpoint = endpointTo('https://kube.invalid', {proxy: `socks5://127.0.0.1:${gone.port}`});

	await expect(endpoint.get('/', limits)).rejects.toMatchObject({
		code: 'refused',
		message: expect.stringContaining(`proxy socks5://127.0.0.1:${gone.port} refused`),
	});
});
