import {closeSync, constants, fstatSync, ftruncateSync, openSync, renameSync, writeSync} from 'node:fs';
import {KtopError} from '../metrics/model/failure.ts';
import type {Log} from '../metrics/model/log.ts';
import {systemErrorWords} from '../metrics/model/system-error.ts';
import {logLine} from './log-line.ts';

/** A full file is renamed to `FILE.1`, so that both together take at most twice this. */
const MOST_BYTES = 10 * 1024 * 1024;

/** A named pipe without a reader is an error at once instead of a wait. */
const FLAGS = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

export type LogFile = {
	readonly log: Log;
	/** Writes the buffered lines and closes the file; later lines are dropped. */
	readonly close: () => void;
};

/**
 * Opens the file of `--log`, which is appended to; only its user can read a new one. Lines of one turn of the event loop are
 * written together. While the disk takes none, they are dropped and counted. Throws `KtopError` (`usage`).
 */
export function openLogFile(path: string, now: () => number = Date.now, mostBytes = MOST_BYTES): LogFile {
	let file = openOrExplain(path);
	const {size, isRegular} = sizeOf(file);
	let bytes = size;
	let waiting: string[] = [];
	let lost = 0;
	let isCut = false;
	let isClosed = false;

	const rotate = (): void => {
		try {
			renameSync(path, `${path}.1`);
			const next = openSync(path, FLAGS, 0o600);
			closeSync(file);
			file = next;
		} catch {
			// The folder takes no second file: the newest lines are worth more than the oldest.
			ftruncateSync(file);
		}

		bytes = 0;
	};
	const write = (text: string): void => {
		const rest = Buffer.from(text);
		for (let written = 0; written < rest.length; ) {
			const count = writeSync(file, rest, written);
			written += count;
			bytes += count;
			isCut = written < rest.length;
		}
	};
	const flush = (): void => {
		const lines = waiting;
		waiting = [];
		try {
			if (isRegular && bytes + lines.join('').length > mostBytes && bytes > 0) {
				rotate();
			}

			if (lost > 0) {
				write(`${isCut ? '\n' : ''}${logLine(now(), 'warn', 'lines were lost', {lines: lost})}`);
				lost = 0;
			}

			write(lines.join(''));
		} catch {
			lost += lines.length;
		}
	};
	return {
		log(level, event, details) {
			if (isClosed) {
				return;
			}

			if (waiting.length === 0) {
				setImmediate(() => isClosed || flush());
			}

			waiting.push(logLine(now(), level, event, details));
		},
		close() {
			if (!isClosed) {
				flush();
				isClosed = true;
				closeSync(file);
			}
		},
	};
}

function sizeOf(file: number): {readonly size: number; readonly isRegular: boolean} {
	const stats = fstatSync(file);
	return {size: stats.size, isRegular: stats.isFile()};
}

function openOrExplain(path: string): number {
	try {
		return openSync(path, FLAGS, 0o600);
	} catch (error) {
		throw new KtopError(
			{
				code: 'usage',
				brief: 'cannot log',
				message: `--log ${path} cannot be written: ${systemErrorWords(error)}`,
				hint: 'name a file in a folder that you can write to',
			},
			{cause: error},
		);
	}
}
