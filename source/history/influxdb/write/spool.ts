import {access, constants, mkdir, readdir, readFile, rename, rm, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {KtopError} from '../../../metrics/model/failure.ts';
import {lockFolder} from './folder-lock.ts';

/** The lines of one file in the spool. */
export type Batch = {readonly file: string; readonly lines: readonly string[]};

/** A queue of batches on disk. It survives an outage of InfluxDB and a crash of ktop. */
export type Spool = {
	/** If writing fails, counts the lines as dropped and throws `KtopError`. */
	readonly add: (lines: readonly string[]) => Promise<void>;
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

/** Opens a folder as a spool. Batches from an earlier run come first. Beyond `maxBytes` the oldest are dropped. */
export async function openSpool(folder: string, maxBytes: number): Promise<Spool> {
	const release = await openFolder(folder);
	const names = (await readdir(folder)).filter(name => name.endsWith(SUFFIX)).sort();
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
		async add(lines) {
			const text = lines.join('\n');
			const name = `${String(next++).padStart(12, '0')}${SUFFIX}`;
			const part = join(folder, `${name}.part`);
			try {
				// Renamed when complete, so that a crash leaves no partial batch.
				await writeFile(part, text);
				await rename(part, join(folder, name));
			} catch (error) {
				dropped += lines.length;
				await rm(part, {force: true}).catch(() => {});
				throw cannotSpool(folder, error);
			}

			waiting.push({name, bytes: Buffer.byteLength(text), lines: lines.length});
			bytes += Buffer.byteLength(text);
			while (bytes > maxBytes && waiting.length > 1) {
				const [oldest] = waiting;
				if (oldest === undefined) {
					break;
				}

				dropped += oldest.lines ?? (await linesOf(join(folder, oldest.name))).length;
				await forget(oldest.name);
			}
		},
		async oldest() {
			for (;;) {
				const [first] = waiting;
				if (first === undefined) {
					return undefined;
				}

				const lines = await linesOf(join(folder, first.name)).catch(() => undefined);
				if (lines !== undefined) {
					return {file: first.name, lines};
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
		await mkdir(folder, {recursive: true, mode: 0o700});
		await access(folder, constants.W_OK);
		return await lockFolder(folder);
	} catch (error) {
		if (error instanceof KtopError) {
			throw error;
		}

		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
		throw new KtopError(
			{
				code: 'usage',
				brief: 'no spool',
				message: `the spool ${folder} is not writable: ${code}`,
				hint: 'name a writable folder with spool=DIR in --sink',
			},
			{cause: error},
		);
	}
}

function cannotSpool(folder: string, error: unknown): KtopError {
	const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
	return new KtopError(
		{
			code: 'server-error',
			brief: 'spool full',
			message: `cannot write to the spool ${folder}: ${code}`,
			hint: 'free space on its disk, or name another folder with spool=DIR in --sink',
		},
		{cause: error},
	);
}

async function linesOf(file: string): Promise<readonly string[]> {
	return (await readFile(file, 'utf8')).split('\n').filter(line => line !== '');
}
