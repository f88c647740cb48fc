import {createReadStream} from 'node:fs';
import {open} from 'node:fs/promises';
import type {Readable} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';
import {constants, createGunzip} from 'node:zlib';
import {KtopError} from '../../metrics/model/failure.ts';
import {systemErrorWords} from '../../metrics/model/system-error.ts';
import {EventDecoder} from './event-codec.ts';
import type {RecordedEvent, RecordingHeader} from './recorded-event.ts';

export type RecordingReader = {
	readonly header: RecordingHeader;
	/** Can be iterated only once. */
	readonly events: AsyncIterable<RecordedEvent>;
	/** Why the recording is incomplete; undefined if it is complete. Known once the events are read. */
	readonly cut: () => string | undefined;
};

/** A header is a few hundred characters. */
const MAX_HEADER_CHARACTERS = 2 ** 20;

/** The inventory of 150,000 pods is a line of some 160 million characters; V8 has no texts of 2 ** 29. */
const MAX_LINE_CHARACTERS = 448 * 2 ** 20;

/**
 * Opens a recording, with or without gzip. A truncated file is read up to its last whole line. Throws `KtopError` if the
 * file is not a recording or cannot be read.
 */
export async function readRecording(path: string): Promise<RecordingReader> {
	const stream = await openStream(path);
	const decoder = new EventDecoder(path);
	let cut: string | undefined;
	const lines = linesOf(stream, path, reason => {
		cut = reason;
	});
	const first = await lines.next();
	if (first.done === true) {
		throw new KtopError({
			code: 'usage',
			brief: 'empty recording',
			message: cut ?? `${path} is empty`,
			hint: 'name a file that was written by ktop record --sink file:PATH',
		});
	}

	const header = decoder.header(first.value);
	return {
		header,
		cut: () => cut,
		events: (async function* () {
			for await (const line of lines) {
				let event: RecordedEvent | undefined;
				try {
					event = decoder.event(line);
				} catch (error) {
					if (!(error instanceof KtopError)) {
						throw error;
					}

					cut = error.message;
					return;
				}

				if (event !== undefined) {
					yield event;
				}
			}
		})(),
	};
}

const GZIP_MAGIC = [0x1f, 0x8b];

async function openStream(path: string): Promise<Readable> {
	try {
		const file = await open(path, 'r');
		const magic = Buffer.alloc(GZIP_MAGIC.length);
		if ((await file.stat()).isDirectory()) {
			await file.close();
			throw Object.assign(new Error('a folder'), {code: 'EISDIR'});
		}

		await file.read(magic, 0, magic.length, 0);
		await file.close();
		const source = createReadStream(path);
		if (GZIP_MAGIC.some((byte, index) => magic[index] !== byte)) {
			return source;
		}

		// Z_SYNC_FLUSH: a truncated stream ends without an error, after everything that could be decompressed.
		const unpacked = createGunzip({finishFlush: constants.Z_SYNC_FLUSH});
		source.once('error', error => unpacked.destroy(error));
		return source.pipe(unpacked);
	} catch (error) {
		throw new KtopError(
			{
				code: 'usage',
				brief: 'no such recording',
				message: `${path} cannot be read: ${systemErrorWords(error)}`,
				hint: 'name a file that was written by ktop record --sink file:PATH',
			},
			{cause: error},
		);
	}
}

/** The complete lines of a stream. A rest without a line break counts as truncated. */
async function* linesOf(
	stream: Readable,
	path: string,
	onCut: (reason: string) => void,
): AsyncGenerator<string> {
	const decoder = new StringDecoder('utf8');
	// The inventory of a large cluster is one line of many chunks, which are put together once.
	let parts: string[] = [];
	let length = 0;
	let most = MAX_HEADER_CHARACTERS;
	try {
		for await (const chunk of stream) {
			const text = decoder.write(chunk);
			let start = 0;
			for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
				parts.push(text.slice(start, end));
				yield parts.join('');
				parts = [];
				length = 0;
				most = MAX_LINE_CHARACTERS;
				start = end + 1;
			}

			const rest = text.slice(start);
			parts.push(rest);
			length += rest.length;
			if (length > most) {
				onCut(`${path} has a line that is too long`);
				return;
			}
		}
	} catch (error) {
		onCut(`${path} is damaged: ${error instanceof Error ? error.message : String(error)}`);
		return;
	}

	if (length > 0) {
		onCut(`${path} is cut off`);
	}
}
