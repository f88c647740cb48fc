import {createHash} from 'node:crypto';
import {rm} from 'node:fs/promises';
import {connect, createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {KtopError} from '../../../metrics/model/failure.ts';

/** `sun_path` in unix(7) has 108 bytes on Linux and 104 on macOS, the zero at its end included. */
const MOST_PATH_BYTES = 103;

/**
 * Locks a folder for the lifetime of this process with a Unix socket. Unlike a PID file, a socket that nobody answers
 * proves that the owner is gone. Resolves with a function that releases the lock. Throws `KtopError` (`usage`).
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
	const key = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
	const path = socketPath(`ktop-spool-${key}.sock`);
	const release = (await listen(path)) ?? ((await isAnswered(path)) ? undefined : await replaceSocket(path));
	if (release === undefined) {
		throw new KtopError({
			code: 'usage',
			brief: 'spool in use',
			message: `the spool ${folder} is used by another recorder`,
			hint: 'stop the other recorder, or give each its own folder with spool=DIR in --sink',
		});
	}

	return release;
}

/** A path in the temporary folder. A longer one would be cut, and then every folder would have the same lock. */
function socketPath(name: string): string {
	const path = join(tmpdir(), name);
	return Buffer.byteLength(path) <= MOST_PATH_BYTES ? path : join('/tmp', name);
}

/** Undefined if the socket exists. */
function listen(path: string): Promise<(() => Promise<void>) | undefined> {
	return new Promise((done, fail) => {
		const server = createServer(socket => socket.destroy());
		server.once('error', error => {
			if ('code' in error && error.code === 'EADDRINUSE') {
				done(undefined);
			} else {
				fail(error);
			}
		});
		server.listen(path, () => {
			server.unref();
			done(
				() =>
					new Promise(closed => {
						server.close(() => closed());
					}),
			);
		});
	});
}

async function replaceSocket(path: string): Promise<(() => Promise<void>) | undefined> {
	await rm(path, {force: true});
	return listen(path);
}

function isAnswered(path: string): Promise<boolean> {
	return new Promise(done => {
		const socket = connect(path, () => {
			socket.destroy();
			done(true);
		});
		socket.once('error', () => done(false));
	});
}
