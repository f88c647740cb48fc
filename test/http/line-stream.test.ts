import type {RequestListener, ServerResponse} from 'node:http';
import {expect, onTestFinished, test} from 'vitest';
import {createEndpoint} from '../../source/http/create-endpoint.ts';
import {startServer} from './test-server.ts';

const words = {server: 'API server', caFlag: '--ca', insecureFlag: '--insecure', serverNameFlag: '--name'};
const limits = {idleTimeoutMs: 60_000, maxLineBytes: 1000};

const endpointTo = async (listener: RequestListener) => {
	const server = await startServer(listener);
	onTestFinished(server.close);
	const endpoint = createEndpoint({origin: server.origin, words, connections: 4});
	onTestFinished(endpoint.close);
	return endpoint;
};

/** An endpoint whose server has begun an answer that the test goes on writing. */
const openEndpoint = async () => {
	const responses: ServerResponse[] = [];
	const closed: boolean[] = [];
	const endpoint = await endpointTo((_request, response) => {
		responses.push(response);
		response.on('close', () => closed.push(true));
		response.writeHead(200, {'content-type': 'application/json'});
		response.flushHeaders();
	});
	return {endpoint, responses, closed};
};

const readAll = async (lines: AsyncIterable<string>) => {
	const read: string[] = [];
	for await (const line of lines) {
		read.push(line);
	}
	return read;
};

test('lines come as the server writes them, before the answer ends', async () => {
	const {endpoint, responses} = await openEndpoint();
	const stream = await endpoint.stream('/watch', limits);
	const lines = stream.lines[Symbol.asyncIterator]();

	responses[0]?.write('{"n":1}\n{"n"');
	expect(await lines.next()).toEqual({done: false, value: '{"n":1}'});
	responses[0]?.write(':2}\n');
	expect(await lines.next()).toEqual({done: false, value: '{"n":2}'});
	responses[0]?.end();
	expect(await lines.next()).toEqual({done: true, value: undefined});
	expect(stream).toMatchObject({status: 200, headers: {'content-type': 'application/json'}});
});

test('the request asks for no compression', async () => {
	const seen: unknown[] = [];
	const endpoint = await endpointTo((request, response) => {
		seen.push(request.method, request.headers['accept-encoding']);
		response.end();
	});
	await readAll((await endpoint.stream('/', limits)).lines);

	expect(seen).toEqual(['GET', 'identity']);
});

test('an answer that is not 2xx is given whole, without lines', async () => {
	const endpoint = await endpointTo((_request, response) => {
		response.writeHead(410).end('{\n"reason":\n"Expired"}\n');
	});

	const stream = await endpoint.stream('/', limits);

	expect(stream.status).toBe(410);
	expect(JSON.parse(stream.body.toString())).toEqual({reason: 'Expired'});
	expect(await readAll(stream.lines)).toEqual([]);
});

test('a server that never begins to answer is a timeout', async () => {
	const endpoint = await endpointTo(() => {});

	await expect(endpoint.stream('/', {...limits, idleTimeoutMs: 100})).rejects.toMatchObject({
		code: 'timeout',
	});
});

test('a stream that falls silent ends with a timeout after the lines it gave', async () => {
	const {endpoint, responses} = await openEndpoint();
	const stream = await endpoint.stream('/', {...limits, idleTimeoutMs: 1000});
	const lines = stream.lines[Symbol.asyncIterator]();
	responses[0]?.write('one\n');

	expect((await lines.next()).value).toBe('one');
	await expect(lines.next()).rejects.toMatchObject({code: 'timeout'});
});

test('a connection that is cut ends the lines with an error', async () => {
	const {endpoint, responses} = await openEndpoint();
	const stream = await endpoint.stream('/', limits);
	responses[0]?.destroy();

	await expect(readAll(stream.lines)).rejects.toMatchObject({code: 'connection-lost'});
});

test('an abort ends the lines and closes the connection', async () => {
	const {endpoint, closed} = await openEndpoint();
	const abort = new AbortController();
	const stream = await endpoint.stream('/', {...limits, signal: abort.signal});
	abort.abort();

	await expect(readAll(stream.lines)).rejects.toMatchObject({code: 'aborted'});
	await expect.poll(() => closed.length).toBe(1);
});

test('an abort before the request sends nothing', async () => {
	let requests = 0;
	const endpoint = await endpointTo(() => {
		requests += 1;
	});

	await expect(endpoint.stream('/', {...limits, signal: AbortSignal.abort()})).rejects.toMatchObject({
		code: 'aborted',
	});
	expect(requests).toBe(0);
});

test('leaving the loop closes the connection', async () => {
	const {endpoint, responses, closed} = await openEndpoint();
	const stream = await endpoint.stream('/', limits);
	responses[0]?.write('one\ntwo\n');
	for await (const line of stream.lines) {
		expect(line).toBe('one');
		break;
	}

	await expect.poll(() => closed.length).toBe(1);
});

test('a stream without a reader can be closed', async () => {
	const {endpoint, closed} = await openEndpoint();
	(await endpoint.stream('/', limits)).close();

	await expect.poll(() => closed.length).toBe(1);
});

test('a line longer than allowed is an error and closes the connection', async () => {
	const {endpoint, responses, closed} = await openEndpoint();
	const stream = await endpoint.stream('/', limits);
	responses[0]?.write('x'.repeat(5000));

	await expect(readAll(stream.lines)).rejects.toMatchObject({code: 'too-large'});
	await expect.poll(() => closed.length).toBe(1);
});

test('a reader that is slow stops the server instead of filling the memory', async () => {
	const line = `${'x'.repeat(999)}\n`;
	const total = 64_000;
	let written = 0;
	const endpoint = await endpointTo((_request, response) => {
		const write = () => {
			while (written < total) {
				written += 1;
				if (!response.write(line)) {
					response.once('drain', write);
					return;
				}
			}
			response.end();
		};
		write();
	});
	const stream = await endpoint.stream('/', limits);
	const lines = stream.lines[Symbol.asyncIterator]();
	await lines.next();
	await expect
		.poll(async () => {
			const before = written;
			await new Promise(resolve => setTimeout(resolve, 100));
			return written - before;
		})
		.toBe(0);
	expect(written).toBeLessThan(total);

	let read = 1;
	while ((await lines.next()).done !== true) {
		read += 1;
	}
	expect(read).toBe(total);
});
