import type {Socket} from 'node:net';
import {freePort} from '../http/free-port.ts';
import {startRaw} from '../http/raw-server.ts';
import {type Fault, testFaults} from './family.ts';
import {blackHole} from './frozen-server.ts';
import type {OnEnd} from './session.ts';

/** The URL of a server that does this with each connection. */
async function serveRaw(onEnd: OnEnd, onConnection: (socket: Socket) => void): Promise<string> {
	const server = await startRaw(onConnection);
	onEnd(server.close);
	return `http://${server.address}`;
}

const onRequest =
	(answer: (socket: Socket) => unknown): Fault['serve'] =>
	onEnd =>
		serveRaw(onEnd, socket => socket.once('data', () => answer(socket)));

/** Writes on and on until the socket is gone. */
function drip(socket: Socket, text: string): void {
	const timer = setInterval(() => socket.write(text), 20);
	socket.on('close', () => clearInterval(timer));
}

const FAULTS: readonly Fault[] = [
	{
		fault: 'nothing listens on the port',
		serve: async () => `http://127.0.0.1:${await freePort()}`,
		sees: {
			row: 'refused',
			code: 'refused',
			said: 'kubelet http://HOST refused the connection: nothing listens on that port; check that the kubelet runs and listens there, and that no firewall rejects the connection',
		},
	},
	{
		fault: 'packets are dropped: no connection, no refusal',
		serve: async onEnd => `http://127.0.0.1:${await blackHole(onEnd)}`,
		sees: {
			row: 'timeout 3s',
			code: 'timeout',
			said: 'kubelet http://HOST did not accept a connection within 3s; check the kubelet and the network; --request-timeout raises the deadline',
		},
	},
	{
		fault: 'the name cannot be resolved',
		serve: async () => 'http://no-such-node.invalid:10255',
		sees: {
			row: 'name not found',
			code: 'name-not-found',
			said: 'no-such-node.invalid cannot be resolved; use an IP address, or check DNS and /etc/hosts',
		},
	},
	{
		fault: 'the connection is accepted and nothing said',
		serve: onRequest(() => {}),
		sees: {
			row: 'timeout 5s',
			code: 'timeout',
			said: 'kubelet http://HOST did not answer within 5s; check the kubelet and the network; --request-timeout raises the deadline',
		},
	},
	{
		fault: 'the connection is closed without an answer',
		serve: onRequest(socket => socket.end()),
		sees: {
			row: 'connection lost',
			code: 'connection-lost',
			said: 'kubelet http://HOST closed the connection; ktop retries automatically; a proxy or firewall may close connections, or the kubelet requires TLS: https://HOST',
		},
	},
	{
		fault: 'the connection is reset',
		serve: onRequest(socket => socket.resetAndDestroy()),
		sees: {
			row: 'connection lost',
			code: 'connection-lost',
			said: 'kubelet http://HOST closed the connection: read ECONNRESET; ktop retries automatically; a proxy or firewall may close connections, or the kubelet requires TLS: https://HOST',
		},
	},
	{
		fault: 'headers come a line at a time and have no end',
		serve: onRequest(socket => {
			socket.write('HTTP/1.1 200 OK\r\n');
			drip(socket, 'x-more: 1\r\n');
		}),
		sees: {
			row: 'timeout 5s',
			code: 'timeout',
			said: 'kubelet http://HOST did not answer within 5s; check the kubelet and the network; --request-timeout raises the deadline',
		},
	},
	{
		fault: 'headers come fast and have no end',
		serve: onRequest(socket => {
			socket.write('HTTP/1.1 200 OK\r\n');
			const line = `x-more: ${'x'.repeat(8000)}\r\n`;
			const more = (): void => {
				while (!socket.destroyed && socket.write(line)) {}
			};
			socket.on('drain', more);
			more();
		}),
		sees: {
			row: 'not HTTP',
			code: 'bad-answer',
			said: 'kubelet http://HOST did not answer with HTTP; check the port and the scheme (http or https) of the kubelet',
		},
	},
	{
		fault: 'the body comes a byte at a time',
		serve: onRequest(socket => {
			socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
			drip(socket, ' ');
		}),
		sees: {
			row: 'timeout 5s',
			code: 'timeout',
			said: 'kubelet http://HOST did not complete its answer within 5s; check the kubelet and the network; --request-timeout raises the deadline',
		},
	},
	{
		fault: 'the body is cut off',
		serve: onRequest(socket => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n{"node": {')),
		sees: {
			row: 'connection lost',
			code: 'connection-lost',
			said: 'kubelet http://HOST closed the connection; ktop retries automatically; a proxy or firewall may close connections, or the kubelet requires TLS: https://HOST',
		},
	},
	{
		fault: 'another service talks on the port',
		serve: onEnd => serveRaw(onEnd, socket => socket.end('SSH-2.0-OpenSSH_9.2\r\n')),
		sees: {
			row: 'not HTTP',
			code: 'bad-answer',
			said: 'kubelet http://HOST did not answer with HTTP; check the port and the scheme (http or https) of the kubelet',
		},
	},
];

// Long enough for a busy machine to come as far as the fault.
testFaults('connections', FAULTS, ['--request-timeout', '5s']);
