import {open} from 'node:fs/promises';
import {finished} from 'node:stream/promises';
import {setImmediate} from 'node:timers/promises';
import {constants, createGzip} from 'node:zlib';
import {KtopError} from '../../metrics/model/failure.ts';
import {systemErrorCode, systemErrorWords} from '../../metrics/model/system-error.ts';
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
	let packed: Buffer[] = [];
	gzip.on('data', (chunk: Buffer) => packed.push(chunk));
	let bytes = 0;
	let failure: KtopError | undefined;
	// Awaited, and not a stream into the file: a stream says that the disk is full when the next round is written.
	const writeOut = async (): Promise<void> => {
		const rest = Buffer.concat(packed);
		packed = [];
		try {
			await file.writeFile(rest);
			bytes += rest.length;
		} catch (error) {
			failure = cannotWrite(path, error);
			throw failure;
		}
	};
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
			if (failure !== undefined) {
				throw failure;
			}

			await new Promise<void>(resolve => {
				gzip.flush(constants.Z_SYNC_FLUSH, resolve);
			});
			while (gzip.readableLength > 0) {
				await setImmediate();
			}

			await writeOut();
		},
		async close() {
			try {
				gzip.end();
				await finished(gzip);
				if (failure !== undefined) {
					throw failure;
				}

				await writeOut();
			} finally {
				await file.close();
			}
		},
		bytes: () => bytes,
	};
}

/** No space, no quota, or no larger files. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function cannotWrite(path: string, error: unknown): KtopError {
	const code = systemErrorCode(error);
	const isThere = code === 'EEXIST';
	return new KtopError(
		{
			code: 'usage',
			brief: isThere ? 'file exists' : 'cannot record',
			message: isThere ? `${path} exists already` : `${path} cannot be written: ${systemErrorWords(error)}`,
			hint: isThere
				? 'name another file, or delete this one: ktop does not overwrite recordings'
				: FULL.has(code)
					? 'free space on the disk and record into a new file; this one is complete up to the last round'
					: 'name a file in a folder that you can write to',
		},
		{cause: error},
	);
}
