import {type BigIntStatsFs, readdirSync, readFileSync, readlinkSync, statSync} from 'node:fs';
import {statfs} from 'node:fs/promises';
import {join} from 'node:path';

/**
 * This machine's files below a root directory, which tests set to a tree of their own. What cannot be read is
 * undefined: processes and cgroups come and go between listing and reading.
 *
 * Files of /proc and cgroups are made by the kernel on the spot; reading them synchronously costs a third of a trip
 * through the thread pool.
 */
export type Machine = {
	readonly read: (path: string) => string | undefined;
	readonly list: (path: string) => readonly string[];
	/** Names of the folders only. */
	readonly folders: (path: string) => readonly string[];
	readonly link: (path: string) => string | undefined;
	/** When the file or folder was made, or last changed where that is not known. */
	readonly changedAtMs: (path: string) => number | undefined;
	readonly filesystem: (path: string) => Promise<BigIntStatsFs | undefined>;
};

/** A file system that does not answer by then is left out this time. */
const STATFS_LIMIT_MS = 1000;

export function openMachine(root: string): Machine {
	const attempt = <T>(work: () => T): T | undefined => {
		try {
			return work();
		} catch {
			return undefined;
		}
	};

	return {
		read: path => attempt(() => readFileSync(join(root, path), 'utf8')),
		list: path => attempt(() => readdirSync(join(root, path))) ?? [],
		folders: path =>
			attempt(() =>
				readdirSync(join(root, path), {withFileTypes: true})
					.filter(entry => entry.isDirectory())
					.map(entry => entry.name),
			) ?? [],
		link: path => attempt(() => readlinkSync(join(root, path))),
		changedAtMs: path =>
			attempt(() => {
				const {birthtimeMs, ctimeMs} = statSync(join(root, path));
				return birthtimeMs > 0 ? birthtimeMs : ctimeMs;
			}),
		async filesystem(path) {
			let timer: NodeJS.Timeout | undefined;
			try {
				return await Promise.race([
					statfs(join(root, path), {bigint: true}),
					new Promise<undefined>(resolve => {
						timer = setTimeout(() => resolve(undefined), STATFS_LIMIT_MS);
					}),
				]);
			} catch {
				return undefined;
			} finally {
				clearTimeout(timer);
			}
		},
	};
}
