import type {Socket} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {createEndpoint} from '../../source/http/create-endpoint.ts';
import {createStoreEndpoint} from '../../source/http/create-store-endpoint.ts';
import type {EndpointOptions} from '../../source/http/endpoint.ts';
import {startRaw} from './raw-server.ts';
import {pem, startServer, tlsOf} from './test-server.ts';

const words = {
	server: 'kubelet',
	caFlag: '--ca FILE',
	insecureFlag: '--insecure',
	serverNameFlag: '--name NAME',
};
const limits = {timeoutMs: 60_000, maxBytes: 2_000_000};

const endpointTo = (origin: string, options: Partial<EndpointOptions> = {}) => {
	const endpoint = createEndpoint({origin, words, ...options});
	onTestFinished(endpoint.close);
	return endpoint;
};

const storeAt = (origin: string) => {
	const endpoint = createStoreEndpoint({origin, words});
	onTestFinished(endpoint.close);
	return endpoint;
};

const raw = async (onConnection: Parameters<typeof startRaw>[0]) => {
	const server = await startRaw(onConnection);
	onTestFinished(server.close);
	return server;
};

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** Answers the first request of its first connection, and cuts that at the second; answers all of later ones. */
const cutWhenUsedAgain = () =>
	raw((socket: Socket, connection) => {
		let requests = 0;
		socket.on('data', () => {
			requests++;
			if (connection === 1 && requests === 2) {
				socket.destroy();
			} else {
				socket.write(OK);
			}
		});
	});

test('a GET is sent again over a new connection where the kept one turns out dead', async () => {
	const server = await cutWhenUsedAgain();
	const endpoint = endpointTo(`http://${server.address}`);
	await endpoint.get('/', limits);

	expect((await endpoint.get('/', limits)).body.toString()).toBe('ok');
	expect(server.connections()).toBe(2);
});

test('a stream is opened again too', async () => {
	const server = await cutWhenUsedAgain();
	const endpoint = endpointTo(`http://${server.address}`);
	await endpoint.get('/', limits);

	expect((await endpoint.stream('/', {idleTimeoutMs: 5000, maxLineBytes: 10})).status).toBe(200);
});

test('what is written to a store is not sent twice', async () => {
	const server = await cutWhenUsedAgain();
	const endpoint = storeAt(`http://${server.address}`);
	await endpoint.get('/', limits);

	await expect(endpoint.post('/write', Buffer.from('cpu v=1'), 'text/plain', limits)).rejects.toMatchObject({
		code: 'connection-lost',
	});
	expect(server.connections()).toBe(1);
});

test('a query that a store gets by POST is', async () => {
	const server = await cutWhenUsedAgain();
	const endpoint = storeAt(`http://${server.address}`);
	await endpoint.get('/', limits);
	const answer = await endpoint.post('/query', Buffer.from('q=up'), 'text/plain', {
		...limits,
		isRepeatable: true,
	});

	expect(answer.body.toString()).toBe('ok');
	expect(server.connections()).toBe(2);
});

test('nothing is sent again where a new connection is cut', async () => {
	const server = await raw(socket => socket.once('data', () => socket.destroy()));

	await expect(endpointTo(`http://${server.address}`).get('/', limits)).rejects.toMatchObject({
		code: 'connection-lost',
	});
	expect(server.connections()).toBe(1);
});

test('a server that speaks before it is asked is not connected to over and over', async () => {
	const server = await raw(socket => socket.write('220 mail.example.com ESMTP\r\n'));

	await expect(endpointTo(`http://${server.address}`).get('/', limits)).rejects.toMatchObject({
		code: 'bad-answer',
		brief: 'not HTTP',
	});
	expect(server.connections()).toBeLessThanOrEqual(2);
});

test('the body of a refusal is read to its end, and the connection kept', async () => {
	const server = await startServer((_request, response) => {
		response.writeHead(500).end(Buffer.alloc(1_000_000, 'x'));
	});
	onTestFinished(server.close);
	const endpoint = endpointTo(server.origin);
	for (let round = 0; round < 3; round++) {
		expect(await endpoint.get('/', limits)).toMatchObject({status: 500});
	}

	expect(server.connections()).toBe(1);
});

test('a request that gives up while it waits for its turn leaves the connection to the others', async () => {
	const answers: Array<() => void> = [];
	const server = await startServer((_request, response) => answers.push(() => response.end('ok')));
	onTestFinished(server.close);
	const endpoint = endpointTo(server.origin, {connections: 1});
	const first = endpoint.get('/', limits);
	await expect.poll(() => answers.length).toBe(1);
	await expect(endpoint.get('/', {...limits, timeoutMs: 50})).rejects.toMatchObject({code: 'timeout'});
	answers[0]?.();
	await first;
	const last = endpoint.get('/', limits);
	await expect.poll(() => answers.length).toBe(2);
	answers[1]?.();

	expect((await last).status).toBe(200);
	expect(server.connections()).toBe(1);
});

test('what waits for an answer ends when the endpoint is closed', async () => {
	const server = await startServer(() => {});
	onTestFinished(server.close);
	const endpoint = endpointTo(server.origin);
	let isConnected = false;
	const pending = endpoint.get('/', {
		...limits,
		onConnected: () => {
			isConnected = true;
		},
	});
	await expect.poll(() => isConnected).toBe(true);
	await endpoint.close();

	await expect(pending).rejects.toMatchObject({code: 'aborted'});
});

test.each([
	['127.0.0.1', undefined],
	['127.0.0.2', 'tls-name-mismatch'],
])('the address %s may be what the certificate has to be for', async (serverName, code) => {
	const server = await startServer((_request, response) => response.end('ok'), tlsOf('server-ip'));
	onTestFinished(server.close);
	const warnings: string[] = [];
	const onWarning = (warning: Error) => warnings.push(warning.message);
	process.on('warning', onWarning);
	onTestFinished(() => void process.off('warning', onWarning));
	const endpoint = endpointTo(server.origin.replace('127.0.0.1', 'localhost'), {
		tls: {ca: pem('ca.crt'), serverName},
	});
	const failure = await endpoint.get('/', limits).then(
		() => undefined,
		error => error.code,
	);

	expect(failure).toBe(code);
	// Node warns of an address that is sent as a name.
	expect(warnings).toEqual([]);
});
