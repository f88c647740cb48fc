import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {connect} from 'node:net';
import {setTimeout} from 'node:timers/promises';
import type {OnEnd} from './session.ts';

/** A listener in a process of its own, with the shortest queue of connections that it does not accept. */
const LISTENER = `
const server = require('node:net').createServer(() => {});
server.listen({port: 0, host: '127.0.0.1', backlog: 1}, () => process.stdout.write(String(server.address().port)));
`;

/** Linux takes two with a backlog of one. */
const MOST_CONNECTIONS = 20;

/**
 * The port of a server that answers nothing, not even a connection: its process is stopped and its queue full, so that the
 * kernel drops what comes, as a firewall does.
 */
export async function blackHole(onEnd: OnEnd): Promise<number> {
	const child = spawn(process.execPath, ['-e', LISTENER], {stdio: ['ignore', 'pipe', 'inherit']});
	onEnd(async () => child.kill('SIGKILL'));
	const [text] = await once(child.stdout, 'data');
	const port = Number(text);
	child.kill('SIGSTOP');
	for (let connections = 0; connections < MOST_CONNECTIONS; connections++) {
		const socket = connect({host: '127.0.0.1', port});
		socket.on('error', () => {});
		onEnd(async () => socket.destroy());
		const hasConnected = await Promise.race([
			once(socket, 'connect').then(() => true),
			setTimeout(200, false),
		]);
		if (!hasConnected) {
			return port;
		}
	}

	throw new Error('the queue of a stopped listener takes ever more connections');
}
