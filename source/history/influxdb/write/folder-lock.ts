import {createHash} from 'node:crypto';
import {rm} from 'node:fs/promises';
import {connect, createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {KtopError} from '../../../metrics/model/failure.ts';

/**
 * Takes a folder for this process alone, for as long as it lives: by a socket, which tells a living owner from one that
 * crashed, where a process number may be another's by now. Resolves with what gives it back; throws `KtopError` (`usage`).
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
	const key = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
	// Not within the folder, whose path may be longer than that of a socket can be.
	const path = join(tmpdir(), `ktop-spool-${key}.sock`);
	const release = (await listen(path)) ?? ((await isAnswered(path)) ? undefined : await listenAnew(path));
	if (release === undefined) {
		throw new KtopError({
			code: 'usage',
			brief: 'spool in use',
			message: `the spool ${folder} is used by another recorder`,
			hint: 'end the other one, or give each a folder of its own: spool=DIR in --sink',
		});
	}

	return release;
}

/** Undefined where the socket is there already. */
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

async function listenAnew(path: string): Promise<(() => Promise<void>) | undefined> {
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
