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
	/** Resolves when all that was written is in the file, and survives this process. Throws `KtopError`. */
	readonly flush: () => Promise<void>;
	readonly close: () => Promise<void>;
	/** Of the file. */
	readonly bytes: () => number;
};

/** Begins a recording: packed lines of JSON. Throws `KtopError` where the file is there already, or cannot be made. */
export async function openRecording(path: string, header: RecordingHeader): Promise<RecordingWriter> {
	let file: Awaited<ReturnType<typeof open>>;
	try {
		// Names of a cluster's pods and images are nobody else's business.
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
				await Promise.race([done, once(stream, 'drain')]);
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

function cannotWrite(path: string, error: unknown): KtopError {
	const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
	const isThere = code === 'EEXIST';
	return new KtopError(
		{
			code: 'usage',
			brief: isThere ? 'file exists' : 'cannot record',
			message: isThere ? `${path} is there already` : `${path} cannot be written: ${code}`,
			hint: isThere
				? 'name another file, or remove this one: recordings are not overwritten'
				: code === 'ENOSPC'
					? 'make room on the disk: the recording is whole up to the last round'
					: 'name a file in a folder that you may write to',
		},
		{cause: error},
	);
}
