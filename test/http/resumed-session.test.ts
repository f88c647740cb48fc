import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import type {TLSSocket} from 'node:tls';
import {afterEach, expect, onTestFinished, test, vi} from 'vitest';
import {createEndpoint} from '../../source/http/create-endpoint.ts';
import {wallClock} from '../faults/clock.ts';
import {pem, tlsOf} from './test-server.ts';

afterEach(() => {
	vi.restoreAllMocks();
});

test('a TLS session is resumed as long as the certificate is valid that it was verified by', async () => {
	const clock = wallClock();
	const reused: boolean[] = [];
	const server = createServer(tlsOf('server-ip'), (_request, response) => {
		response.setHeader('connection', 'close').end('ok');
	});
	server.on('secureConnection', (socket: TLSSocket) => reused.push(socket.isSessionReused()));
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const endpoint = createEndpoint({
		origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
		words: {server: 'kubelet', caFlag: '', insecureFlag: undefined, serverNameFlag: ''},
		tls: {ca: pem('ca.crt')},
	});
	onTestFinished(async () => {
		await endpoint.close();
		server.close();
	});
	const get = () => endpoint.get('/', {timeoutMs: 60_000, maxBytes: 1000});
	await get();
	await get();
	// The certificate ends in 2120.
	clock.set(Date.UTC(2120, 0, 2) - clock.now());
	await get();
	expect(reused).toEqual([false, true, false]);
});
