import {expect, onTestFinished, test} from 'vitest';
import {createEndpoint} from '../../source/http/create-endpoint.ts';
import type {EndpointOptions} from '../../source/http/endpoint.ts';
import {parseProxy} from '../../source/http/proxy.ts';
import {startProxy} from './proxy-server.ts';
import {startRaw} from './raw-server.ts';
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
	return server;
};

const proxyThat = async (...how: Parameters<typeof startProxy>) => {
	const proxy = await startProxy(...how);
	onTestFinished(proxy.close);
	return proxy;
};

test('an https server is reached through a CONNECT tunnel that is used again', async () => {
	const server = await serveOk(tlsOf('server-ip'));
	const proxy = await proxyThat();
	const endpoint = endpointTo(server.origin, {
		tls: {ca: pem('ca.crt')},
		proxy: `http://127.0.0.1:${proxy.port}`,
	});

	for (let round = 0; round < 3; round += 1) {
		expect((await endpoint.get('/', limits)).body.toString()).toBe('ok');
	}

	expect(proxy.tunnels).toEqual([{target: new URL(server.origin).host, authorization: undefined}]);
});

test('a server on plain http is reached through a tunnel too', async () => {
	const server = await serveOk();
	const proxy = await proxyThat();
	const endpoint = endpointTo(server.origin, {proxy: `http://127.0.0.1:${proxy.port}`});

	expect((await endpoint.get('/', limits)).body.toString()).toBe('ok');
	expect(proxy.tunnels).toHaveLength(1);
});

test('names are resolved by the proxy, not here', async () => {
	const server = await serveOk();
	const proxy = await proxyThat(200, undefined, {port: Number(new URL(server.origin).port)});
	const endpoint = endpointTo('http://only-the-proxy-knows.invalid:8080', {
		proxy: `http://127.0.0.1:${proxy.port}`,
	});

	expect((await endpoint.get('/', limits)).body.toString()).toBe('ok');
	expect(proxy.tunnels[0]?.target).toBe('only-the-proxy-knows.invalid:8080');
});

test('the certificate of the server is verified through the tunnel', async () => {
	const server = await serveOk(tlsOf('server-hostname'));
	const proxy = await proxyThat();
	const endpoint = endpointTo(server.origin, {
		tls: {ca: pem('ca.crt')},
		proxy: `http://127.0.0.1:${proxy.port}`,
	});

	await expect(endpoint.get('/', limits)).rejects.toMatchObject({code: 'tls-name-mismatch'});
});

test('user and password of the proxy are sent to it, decoded', async () => {
	const server = await serveOk();
	const proxy = await proxyThat();
	const endpoint = endpointTo(server.origin, {proxy: `http://me:p%40ss@127.0.0.1:${proxy.port}`});
	await endpoint.get('/', limits);

	// printf 'me:p@ss' | base64
	expect(proxy.tunnels[0]?.authorization).toBe('Basic bWU6cEBzcw==');
});

test.each([
	[407, 'proxy: HTTP 407', 'add the user and password to its URL: http://USER:PASSWORD@HOST:PORT'],
	[403, 'proxy: HTTP 403', 'allow CONNECT to this server in the proxy, or add the server to NO_PROXY'],
])('a proxy that answers %i is blamed by its address without its password', async (status, brief, hint) => {
	const proxy = await proxyThat(status);
	const endpoint = endpointTo('https://kube.invalid', {proxy: `http://me:SECRET@127.0.0.1:${proxy.port}`});

	const failure = await endpoint.get('/', limits).catch((error: unknown) => error);

	expect(failure).toMatchObject({
		code: 'unreachable',
		brief,
		message: `cannot open a tunnel through the proxy 127.0.0.1:${proxy.port}: it responded with ${status}`,
		hint,
	});
	expect(String((failure as Error).stack)).not.toContain('SECRET');
});

test('a proxy that closes, is silent or is no proxy has its own message', async () => {
	const answers = ['', 'SSH-2.0-OpenSSH_9\r\n\r\n', undefined];
	const failures: unknown[] = [];
	for (const answer of answers) {
		const server = await startRaw(socket => {
			if (answer !== undefined) {
				socket.end(answer);
			}
		});
		const endpoint = endpointTo('https://kube.invalid', {
			proxy: `http://${server.address}`,
			connectTimeoutMs: answer === undefined ? 300 : 60_000,
		});
		failures.push(await endpoint.get('/', limits).catch((error: Error) => error.message.split(': ').at(-1)));
		await server.close();
	}

	expect(failures.slice(0, 2)).toEqual(['it closed the connection', 'there is no HTTP proxy on that port']);
	expect(failures[2]).toContain('did not open a tunnel within 0.3 s');
});

test.each(['no url SECRET', 'ftp://me:SECRET@proxy'])(
	'the proxy address %s is refused without being shown',
	text => {
		let message = '';
		try {
			parseProxy(text);
		} catch (error) {
			message = String(error);
		}

		expect(message).toMatch(/^KtopError: the proxy (?:is not a valid URL|URL must start with)/u);
		expect(message).not.toContain('SECRET');
	},
);
