import {once} from 'node:events';
import {createWriteStream} from 'node:fs';
import {open} from 'node:fs/promises';
import {pipeline} from 'node:stream/promises';
import {constants, createGzip} from 'node:zlib';
import {KtopError} from '../../metrics/model/failure.ts';
import {EventEncoder, encodeHeader} from './event-codec.ts';
import type {RecordedEvent, RecordingHeader} from './recorded-event.ts';

export type RecordingWriter = {
	readonly write: (event: RecordedEvent) => void;
	/** Resolves when all events are in the file and can be read from it. Throws `KtopError`. */
	readonly flush: () => Promise<void>;
	readonly close: () => Promise<void>;
	/** Size of the file. */
	readonly bytes: () => number;
};

/** Creates a recording: gzipped lines of JSON. Throws `KtopError` if the file exists or cannot be created. */
export async function openRecording(path: string, header: RecordingHeader): Promise<RecordingWriter> {
	let file: Awaited<ReturnType<typeof open>>;
	try {
		// Readable only by the user, because it contains names of pods and images.
		file = await open(path, 'wx', 0o600);
	} catch (error) {
		throw cannotWrite(path, error);
	}

	const gzip = createGzip();
	const stream = createWriteStream('', {fd: file, autoClose: true});
	let failure: KtopError | undefined;
	const done = pipeline(gzip, stream).catch(error => {
		failure = cannotWrite(path, error);
	});
	const encoder = new EventEncoder();
	gzip.write(`${encodeHeader(header)}\n`);
	return {
		write(event) {
			const line = failure === undefined ? encoder.encode(event) : undefined;
			if (line !== undefined) {
				gzip.write(`${line}\n`);
			}
		},
		async flush() {
			await Promise.race([
				done,
				new Promise<void>(resolve => {
					gzip.flush(constants.Z_SYNC_FLUSH, resolve);
				}),
			]);
			if (stream.writableNeedDrain && failure === undefined) {
				// `once` rejects with the stream's own error, whose `KtopError` is `failure`.
				await Promise.race([done, once(stream, 'drain').catch(() => done)]);
			}

			if (failure !== undefined) {
				throw failure;
			}
		},
		async close() {
			gzip.end();
			await done;
			if (failure !== undefined) {
				throw failure;
			}
		},
		bytes: () => stream.bytesWritten,
	};
}

/** No space, no quota, or no larger files. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function cannotWrite(path: string, error: unknown): KtopError {
	const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
	const isThere = code === 'EEXIST';
	return new KtopError(
		{
			code: 'usage',
			brief: isThere ? 'file exists' : 'cannot record',
			message: isThere ? `${path} exists already` : `${path} cannot be written: ${code}`,
			hint: isThere
				? 'name another file, or delete this one: ktop does not overwrite recordings'
				: FULL.has(code)
					? 'free space on the disk and record into a new file; this one is complete up to the last round'
					: 'name a file in a folder that you can write to',
		},
		{cause: error},
	);
}
