import {stat} from 'node:fs/promises';
import {readBounded} from '../../../http/read-bounded.ts';
import {isRecent} from '../../../metrics/model/recent.ts';
import {systemErrorWords} from '../../../metrics/model/system-error.ts';
import {decodeText} from '../decode-text.ts';
import {credentialError} from './credential-error.ts';

/** A file that is replaced while ktop runs, such as a projected token or a renewed certificate. */
export type RotatingFile = {
	/** The current text. `isForced` rereads the file even if it looks unchanged. */
	readonly read: (isForced?: boolean) => Promise<string>;
};

const lookEveryMs = 1_000;
const readEveryMs = 60_000;

type Copy = {readonly text: string; readonly stamp: string; readonly readAt: number};

/**
 * Checks the file at most once a second. Rereads it if its size, inode or time changed, and at least every minute, as
 * Kubernetes requires for projected tokens; also when the clock was set back. Keeps the last text if the file cannot
 * be read any more.
 *
 * @param subject the name of the file in errors (`token file`).
 */
export function rotatingFile(path: string, subject: string, now: () => number): RotatingFile {
	let copy: Copy | undefined;
	let lookedAt = Number.NEGATIVE_INFINITY;

	const load = async (isForced: boolean): Promise<Copy> => {
		const {ino, size, mtimeMs} = await stat(path);
		const stamp = `${ino} ${size} ${mtimeMs}`;
		const time = now();
		const isFresh = copy !== undefined && copy.stamp === stamp && isRecent(copy.readAt, time, readEveryMs);
		if (copy !== undefined && isFresh && !isForced) {
			return copy;
		}
		return {text: decodeText(await readBounded(path)), stamp, readAt: time};
	};

	return {
		read: async (isForced = false) => {
			const time = now();
			if (copy !== undefined && !isForced && isRecent(lookedAt, time, lookEveryMs)) {
				return copy.text;
			}
			lookedAt = time;
			try {
				copy = await load(isForced);
			} catch (error) {
				if (copy === undefined) {
					throw unreadable(path, subject, systemErrorWords(error));
				}
			}
			return copy.text;
		},
	};
}

const unreadable = (path: string, subject: string, problem: string) =>
	credentialError(`cannot read the ${subject} ${path}: ${problem}`, `check the path: ls -l ${path}`);
