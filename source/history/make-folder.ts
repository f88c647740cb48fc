import {mkdir, stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import {systemErrorCode} from '../metrics/model/system-error.ts';

/**
 * Makes a folder for this user alone, and the folders that it is in. Throws what the system says.
 *
 * `mkdir` of Node with `recursive` never ends, and holds a thread, where a folder is there in which a name can be neither
 * found nor made (ENOENT): in /proc, or where autofs mounts homes.
 */
export async function makeFolder(path: string): Promise<void> {
	try {
		await makeOne(path);
	} catch (error) {
		const parent = dirname(path);
		if (systemErrorCode(error) !== 'ENOENT' || parent === path) {
			throw error;
		}

		// It may have been made since, by another process.
		if (!(await isFolder(parent))) {
			await makeFolder(parent);
		}

		await makeOne(path);
	}
}

async function makeOne(path: string): Promise<void> {
	try {
		await mkdir(path, {mode: 0o700});
	} catch (error) {
		if (systemErrorCode(error) !== 'EEXIST' || !(await isFolder(path))) {
			throw error;
		}
	}
}

async function isFolder(path: string): Promise<boolean> {
	try {
		return (await stat(path)).isDirectory();
	} catch {
		return false;
	}
}
