import {access, constants, open, readdir, readFile, rename, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {KtopError} from '../../../metrics/model/failure.ts';
import {systemErrorCode, systemErrorWords} from '../../../metrics/model/system-error.ts';
import {makeFolder} from '../../make-folder.ts';
import {countLines} from './count-lines.ts';
import {lockFolder} from './folder-lock.ts';
import type {LineBatch} from './line-protocol.ts';

/** One file in the spool: lines in UTF-8, and how many. */
export type Batch = {readonly file: string; readonly body: Buffer; readonly lines: number};

/** A queue of batches on disk. It survives an outage of InfluxDB and a crash of ktop. */
export type Spool = {
	/** If writing fails, counts the lines as dropped and throws `KtopError`. */
	readonly add: (batch: LineBatch) => Promise<void>;
	readonly oldest: () => Promise<Batch | undefined>;
	readonly remove: (batch: Batch) => Promise<void>;
	/** Releases the folder. Its batches stay. */
	readonly close: () => Promise<void>;
	/** Size of all batches. */
	readonly bytes: () => number;
	/** Lines lost since the start: oldest batches above `maxBytes`, failed writes, and files that vanished. */
	readonly droppedLines: () => number;
};

const SUFFIX = '.lines';
const PART = '.part';
const NOTHING = Buffer.alloc(0);

/** Opens a folder as a spool. Batches from an earlier run come first. Beyond `maxBytes` the oldest are dropped. */
export async function openSpool(folder: string, maxBytes: number): Promise<Spool> {
	const release = await openFolder(folder);
	const found = await readdir(folder);
	// A crash left these: their rounds were never counted as spooled.
	for (const name of found.filter(one => one.endsWith(`${SUFFIX}${PART}`))) {
		await rm(join(folder, name), {force: true});
	}

	const names = found.filter(name => name.endsWith(SUFFIX)).sort();
	const waiting: Array<{readonly name: string; readonly bytes: number; readonly lines: number | undefined}> =
		[];
	for (const name of names) {
		waiting.push({name, bytes: (await stat(join(folder, name))).size, lines: undefined});
	}

	let bytes = waiting.reduce((sum, one) => sum + one.bytes, 0);
	let next = Number.parseInt(names.at(-1) ?? '0', 10) + 1;
	let dropped = 0;

	const forget = async (name: string): Promise<void> => {
		const index = waiting.findIndex(one => one.name === name);
		const [gone] = index === -1 ? [] : waiting.splice(index, 1);
		bytes -= gone?.bytes ?? 0;
		await rm(join(folder, name), {force: true});
	};

	return {
		async add({text, lines}) {
			const body = Buffer.from(text);
			const name = `${String(next++).padStart(12, '0')}${SUFFIX}`;
			const part = join(folder, `${name}${PART}`);
			try {
				// Renamed when it is on the disk, so that not even a power cut leaves a partial batch.
				await writeToDisk(part, body);
				await rename(part, join(folder, name));
				await syncFolder(folder);
			} catch (error) {
				dropped += lines;
				await rm(part, {force: true}).catch(() => {});
				throw cannotSpool(folder, error);
			}

			waiting.push({name, bytes: body.length, lines});
			bytes += body.length;
			while (bytes > maxBytes && waiting.length > 1) {
				const [oldest] = waiting;
				if (oldest === undefined) {
					break;
				}

				dropped += oldest.lines ?? countLines((await bodyOf(join(folder, oldest.name))) ?? NOTHING);
				await forget(oldest.name);
			}
		},
		async oldest() {
			for (;;) {
				const [first] = waiting;
				if (first === undefined) {
					return undefined;
				}

				const body = await bodyOf(join(folder, first.name));
				if (body !== undefined) {
					return {file: first.name, body, lines: first.lines ?? countLines(body)};
				}

				// The file was removed: count it as lost and go on.
				dropped += first.lines ?? 0;
				await forget(first.name);
			}
		},
		remove: batch => forget(batch.file),
		close: release,
		bytes: () => bytes,
		droppedLines: () => dropped,
	};
}

/** Creates and locks the folder. Throws `KtopError` (`usage`). */
async function openFolder(folder: string): Promise<() => Promise<void>> {
	try {
		await makeFolder(folder);
		await access(folder, constants.W_OK);
		return await lockFolder(folder);
	} catch (error) {
		if (error instanceof KtopError) {
			throw error;
		}

		throw new KtopError(
			{
				code: 'usage',
				brief: 'no spool',
				message: `the spool ${folder} is not writable: ${systemErrorWords(error)}`,
				hint: 'name a writable folder with spool=DIR in --sink',
			},
			{cause: error},
		);
	}
}

function cannotSpool(folder: string, error: unknown): KtopError {
	return new KtopError(
		{
			code: 'server-error',
			brief: 'spool full',
			message: `cannot write to the spool ${folder}: ${systemErrorWords(error)}`,
			hint: 'free space on its disk, or name another folder with spool=DIR in --sink',
		},
		{cause: error},
	);
}

/** Readable only by the user, because it contains names of pods. */
async function writeToDisk(path: string, body: Buffer): Promise<void> {
	const file = await open(path, 'w', 0o600);
	try {
		await file.writeFile(body);
		await file.sync();
	} finally {
		await file.close();
	}
}

/** A file's new name is in its folder, which has to be on the disk too. */
async function syncFolder(path: string): Promise<void> {
	const folder = await open(path, 'r');
	try {
		await folder.sync();
	} finally {
		await folder.close();
	}
}

/** Undefined if the file is gone. Throws `KtopError` where it cannot be read now, but perhaps later. */
async function bodyOf(file: string): Promise<Buffer | undefined> {
	try {
		return await readFile(file);
	} catch (error) {
		if (systemErrorCode(error) === 'ENOENT') {
			return undefined;
		}

		throw new KtopError(
			{
				code: 'server-error',
				brief: 'spool unreadable',
				message: `cannot read ${file} of the spool: ${systemErrorWords(error)}`,
				hint: 'see to its disk and rights; what waits is kept until it can be read',
			},
			{cause: error},
		);
	}
}
