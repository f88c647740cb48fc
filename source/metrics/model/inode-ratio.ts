import {ratio} from './ratio.ts';
import type {FilesystemReading} from './reading.ts';

/** How full the inodes of a file system are. */
export function inodeRatio({inodes, inodesFree}: FilesystemReading): number | undefined {
	return inodes === undefined || inodesFree === undefined ? undefined : ratio(inodes - inodesFree, inodes);
}

/** The highest of them: of the file system with the fewest inodes left. */
export function highestInodeRatio(filesystems: readonly FilesystemReading[]): number | undefined {
	let highest: number | undefined;
	for (const filesystem of filesystems) {
		const share = inodeRatio(filesystem);
		if (share !== undefined && share > (highest ?? Number.NEGATIVE_INFINITY)) {
			highest = share;
		}
	}

	return highest;
}
