import {ratio} from './ratio.ts';
import type {FilesystemReading} from './reading.ts';

/** How full the inodes of a file system are. */
export function inodeRatio({inodes, inodesFree}: FilesystemReading): number | undefined {
	return inodes === undefined || inodesFree === undefined ? undefined : ratio(inodes - inodesFree, inodes);
}
