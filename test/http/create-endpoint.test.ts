import type {RequestListener} from 'node:http';
import type {Socket} from 'node:net';
import {gzipSync} from 'node:zlib';
import {afterEach, describe, expect, test} from 'vitest';
import {createEndpoint} from '../../source/http/create-endpoint.ts';
import type {Endpoint, EndpointOptions} from '../../source/http/endpoint.ts';
import {KUBELET_WORDS} from '../../source/scrape/kubelet/kubelet-words.ts';
import {startRaw} from './raw-server.ts';
import {pem, startServer, tlsOf} from './test-server.ts';

const limits = {timeoutMs: 60_000, maxBytes: 1_000_000};
const cleanUps: Array<() => Promise<unknown>> = [];

afterEach(async () => {
	await Promise.all(cleanUps.splice(0).map(cleanUp => cleanUp()));
});

function endpointTo(origin: string, options: Partial<EndpointOptions> = {}): Endpoint {
	const endpoint = createEndpoint({origin, words: KUBELET_WORDS, ...options});
	cleanUps.push(endpoint.close);
	return endpoint;
}

async function serve(listener: RequestListener, tls?: Parameters<typeof startServer>[1]) {
	const server = await startServer(listener, tls);
	cleanUps.push(server.close);
	return server;
}

/** Speaks no HTTP at all: does what it is told with each connection. */
async function serveRaw(onConnection: (socket: Socket) => void): Promise<string> {
	const server = await startRaw(onConnection);
	cleanUps.push(server.close);
	return server.address;
}

describe('an endpoint', () => {
	test('answers with status, headers and body, whatever the status is', async () => {
		const {origin} = await serve((_request, response) => {
			response.writeHead(403, {'content-type': 'text/plain'}).end('Forbidden');
		});
		const answer = await endpointTo(origin).get('/stats/summary', limits);
		expect({...answer, body: answer.body.toString()}).toMatchObject({
			status: 403,
			headers: {'content-type': 'text/plain'},
			body: 'Forbidden',
		});
		expect(answer.latencyMs).toBeGreaterThan(0);
	});

	test('sends GET, the path as given, and the Accept header', async () => {
		const seen: unknown[] = [];
		const {origin} = await serve((request, response) => {
			seen.push(request.method, request.url, request.headers.accept);
			response.end();
		});
		await endpointTo(origin).get('/a/b?only_cpu_and_memory=true', {...limits, accept: 'application/json'});
		expect(seen).toEqual(['GET', '/a/b?only_cpu_and_memory=true', 'application/json']);
	});

	test('keeps one connection for one request after the other, over TLS too', async () => {
		const server = await serve((_request, response) => response.end('ok'), tlsOf('server-ip'));
		const endpoint = endpointTo(server.origin, {tls: {ca: pem('ca.crt')}});
		for (let round = 0; round < 3; round++) {
			await endpoint.get('/', limits);
		}

		expect(server.connections()).toBe(1);
	});

	test('opens no more connections than it may, however many ask at once', async () => {
		const server = await serve((_request, response) => setTimeout(() => response.end('ok'), 20));
		const endpoint = endpointTo(server.origin, {connections: 2});
		await Promise.all(Array.from({length: 8}, () => endpoint.get('/', limits)));
		expect(server.connections()).toBe(2);
	});

	test('reports when a request has its connection, new or kept', async () => {
		const {origin} = await serve((_request, response) => response.end('ok'), tlsOf('server-ip'));
		const endpoint = endpointTo(origin, {tls: {ca: pem('ca.crt')}});
		let connected = 0;
		const onConnected = (): void => {
			connected++;
		};
		await endpoint.get('/', {...limits, onConnected});
		await endpoint.get('/', {...limits, onConnected});
		expect(connected).toBe(2);
	});

	test('reads the Authorization header anew for each request', async () => {
		const seen: unknown[] = [];
		const {origin} = await serve((request, response) => {
			seen.push(request.headers.authorization);
			response.end();
		});
		let turn = 0;
		const endpoint = endpointTo(origin, {
			authorization: async () => (turn++ === 0 ? undefined : `Bearer t${turn}`),
		});
		await endpoint.get('/', limits);
		await endpoint.get('/', limits);
		expect(seen).toEqual([undefined, 'Bearer t2']);
	});

	test('unpacks gzip', async () => {
		const {origin} = await serve((request, response) => {
			expect(request.headers['accept-encoding']).toBe('gzip');
			response.writeHead(200, {'content-encoding': 'gzip'}).end(gzipSync('node_cpu 1'));
		});
		expect((await endpointTo(origin).get('/', limits)).body.toString()).toBe('node_cpu 1');
	});

	test('proves who it is with a client certificate', async () => {
		const {origin} = await serve((_request, response) => response.end('welcome'), {
			...tlsOf('server-ip'),
			ca: pem('ca.crt'),
			requestCert: true,
			rejectUnauthorized: true,
		});
		const tls = {ca: pem('ca.crt'), certificate: pem('client.crt'), key: pem('client.key')};
		expect((await endpointTo(origin, {tls}).get('/', limits)).body.toString()).toBe('welcome');
	});

	test('verifies the given server name, where the address is not in the certificate', async () => {
		const {origin} = await serve((_request, response) => response.end('ok'), tlsOf('server-hostname'));
		const tls = {ca: pem('ca.crt'), serverName: 'node-a'};
		expect((await endpointTo(origin, {tls}).get('/', limits)).status).toBe(200);
	});

	test('accepts any certificate when verification is off', async () => {
		const {origin} = await serve((_request, response) => response.end('ok'), tlsOf('server-expired'));
		expect((await endpointTo(origin, {tls: {isInsecure: true}}).get('/', limits)).status).toBe(200);
	});
});

describe('no answer', () => {
	const rejection = async (endpoint: Endpoint, options: Partial<Parameters<Endpoint['get']>[1]> = {}) =>
		endpoint.get('/', {...limits, ...options}).then(
			() => 'it answered',
			error => error,
		);

	test.each([
		['server-ip', {}, 'tls-unknown-authority', 'tls: unknown authority', /--kubelet-ca FILE/],
		[
			'server-ip',
			{ca: pem('other-ca.crt')},
			'tls-unknown-authority',
			'tls: unknown authority',
			/--kubelet-ca/,
		],
		['server-expired', {ca: pem('ca.crt')}, 'tls-expired', 'tls: expired', /renew/],
		[
			'server-hostname',
			{ca: pem('ca.crt')},
			'tls-name-mismatch',
			'tls: no IP SAN',
			/--kubelet-server-name NAME/,
		],
		[
			'server-ip',
			{ca: pem('ca.crt'), serverName: 'elsewhere'},
			'tls-name-mismatch',
			'tls: wrong name',
			/--kubelet/,
		],
		[
			'server-ip',
			{certificate: pem('client.crt'), key: pem('server-ip.key')},
			'usage',
			'bad certificate file',
			/the key/,
		],
	])('from the certificate %s is explained', async (certificate, tls, code, brief, hint) => {
		const {origin} = await serve((_request, response) => response.end('ok'), tlsOf(certificate));
		expect(await rejection(endpointTo(origin, {tls}))).toMatchObject({
			name: 'KtopError',
			code,
			brief,
			hint: expect.stringMatching(hint),
			message: expect.stringContaining(origin),
		});
	});

	// Go's servers say what they dislike in a TLS alert: certificate request pending (internal_error), or a bad,
	// expired, unknown or missing client certificate.
	test.each([
		[70, 'tls-version', /enable TLS 1.2 or 1.3/],
		[71, 'tls-version', /enable TLS 1.2 or 1.3/],
		[80, 'tls-internal-error', /kubectl certificate approve/],
		[42, 'tls-client-certificate', /--client-certificate FILE/],
		[45, 'tls-client-certificate', /--client-certificate FILE/],
		[46, 'tls-client-certificate', /--client-certificate FILE/],
		[48, 'tls-client-certificate', /--client-certificate FILE/],
		[116, 'tls-client-certificate', /--client-certificate FILE/],
	])('from a server that ends with TLS alert %d is explained', async (alert, code, hint) => {
		const record = Buffer.from([0x15, 3, 3, 0, 2, 2, alert]);
		const address = await serveRaw(socket => socket.once('data', () => socket.end(record)));
		expect(await rejection(endpointTo(`https://${address}`))).toMatchObject({
			code,
			hint: expect.stringMatching(hint),
		});
	});

	test('from a server that ends with another TLS alert has its name, and nothing else of OpenSSL', async () => {
		const address = await serveRaw(socket =>
			socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 50]))),
		);
		expect(await rejection(endpointTo(`https://${address}`))).toMatchObject({
			code: 'connection-lost',
			message: expect.stringMatching(/closed the connection: [a-z0-9 ]*alert decode error$/),
		});
	});

	test('from a server that hangs up on a stranger hints at the client certificate', async () => {
		const {origin} = await serve((_request, response) => response.end('ok'), {
			...tlsOf('server-ip'),
			ca: pem('ca.crt'),
			requestCert: true,
			rejectUnauthorized: true,
		});
		const stranger = {certificate: pem('client-unknown.crt'), key: pem('client-unknown.key')};
		expect(await rejection(endpointTo(origin, {tls: {ca: pem('ca.crt'), ...stranger}}))).toMatchObject({
			code: 'connection-lost',
			hint: expect.stringContaining('client certificate'),
		});
	});

	test('from a plain port where TLS is tried says so', async () => {
		const {origin} = await serve((_request, response) => response.end('ok'));
		expect(await rejection(endpointTo(origin.replace('http:', 'https:')))).toMatchObject({
			code: 'tls-not-https',
		});
	});

	test('from something that does not speak HTTP says so', async () => {
		const address = await serveRaw(socket => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
		expect(await rejection(endpointTo(`http://${address}`))).toMatchObject({
			code: 'bad-answer',
			brief: 'not HTTP',
		});
	});

	test('from a closed port is a refusal', async () => {
		const server = await startServer(() => {});
		await server.close();
		expect(await rejection(endpointTo(server.origin))).toMatchObject({code: 'refused', brief: 'refused'});
	});

	test('from a name that does not exist says that it cannot be resolved', async () => {
		expect(await rejection(endpointTo('http://no-such-host.invalid:1'))).toMatchObject({
			code: 'name-not-found',
			message: expect.stringContaining('no-such-host.invalid'),
		});
	});

	test('from a server that hangs up in the middle is a lost connection', async () => {
		const {origin} = await serve((_request, response) => {
			response.writeHead(200, {'content-length': '100'});
			response.write('some');
			setTimeout(() => response.destroy(), 10);
		});
		expect(await rejection(endpointTo(origin))).toMatchObject({code: 'connection-lost'});
	});

	test.each([
		['before the headers', (): void => {}],
		[
			'in the middle of the body',
			(response: {write: (text: string) => unknown}): void => {
				response.write('some');
			},
		],
	])('within the time allowed, %s, is a timeout that names it', async (_when, answer) => {
		const {origin} = await serve((_request, response) => answer(response));
		expect(await rejection(endpointTo(origin), {timeoutMs: 200})).toMatchObject({
			code: 'timeout',
			brief: 'timeout 0.2s',
		});
	});

	test('because the TLS handshake hangs is a timeout of the connection, which was never made', async () => {
		const address = await serveRaw(() => {});
		let isConnected = false;
		const endpoint = endpointTo(`https://${address}`, {connectTimeoutMs: 1000});
		expect(
			await rejection(endpoint, {
				onConnected: () => {
					isConnected = true;
				},
			}),
		).toMatchObject({
			code: 'timeout',
			brief: 'timeout 1s',
			message: expect.stringContaining(
				'accepted the connection but did not complete the TLS handshake within 1s',
			),
		});
		expect(isConnected).toBe(false);
	});

	test('within the time allowed while all connections are busy is a timeout too', async () => {
		const {origin} = await serve(() => {});
		const endpoint = endpointTo(origin, {connections: 1});
		const errors = await Promise.all([
			rejection(endpoint, {timeoutMs: 300}),
			rejection(endpoint, {timeoutMs: 100}),
		]);
		expect(errors).toMatchObject([{code: 'timeout'}, {code: 'timeout'}]);
	});

	test('after a timeout leaves the endpoint usable', async () => {
		let isSilent = true;
		const {origin} = await serve((_request, response) => {
			if (!isSilent) {
				response.end('ok');
			}
		});
		const endpoint = endpointTo(origin, {connections: 1});
		expect(await rejection(endpoint, {timeoutMs: 100})).toMatchObject({code: 'timeout'});
		isSilent = false;
		expect((await endpoint.get('/', limits)).body.toString()).toBe('ok');
	});

	test.each([
		['as it is', {}, Buffer.alloc(2000, 'x')],
		['once it is unpacked', {'content-encoding': 'gzip'}, gzipSync(Buffer.alloc(2000, 'x'))],
	])('that fits the cap %s is too large', async (_how, headers, body) => {
		const {origin} = await serve((_request, response) => {
			response.writeHead(200, headers).end(body);
		});
		expect(await rejection(endpointTo(origin), {maxBytes: 1000})).toMatchObject({code: 'too-large'});
	});

	test('that can be unpacked is a bad answer', async () => {
		const {origin} = await serve((_request, response) => {
			response.writeHead(200, {'content-encoding': 'gzip'}).end('not gzip');
		});
		expect(await rejection(endpointTo(origin))).toMatchObject({code: 'bad-answer', brief: 'broken gzip'});
	});

	test('is waited for once the caller gives up', async () => {
		const {origin} = await serve(() => {});
		const abort = new AbortController();
		const pending = rejection(endpointTo(origin), {signal: abort.signal});
		setTimeout(() => abort.abort(), 20);
		expect(await pending).toMatchObject({code: 'aborted'});
		expect(await rejection(endpointTo(origin), {signal: AbortSignal.abort()})).toMatchObject({
			code: 'aborted',
		});
	});

	test('ever carries the token into the error', async () => {
		const {origin} = await serve((_request, response) => response.destroy());
		const endpoint = endpointTo(origin, {authorization: async () => 'Bearer very-secret'});
		const error = await rejection(endpoint);
		expect(JSON.stringify([error.message, error.hint, error.brief, String(error.cause)])).not.toContain(
			'secret',
		);
	});
});
