import {ratio} from './ratio.ts';
import type {FilesystemReading} from './reading.ts';

/** How full a file system is, as eviction computes it: capacity less available, as a share of the capacity. */
export function fullness({capacityBytes, availableBytes}: FilesystemReading): number | undefined {
	return capacityBytes === undefined || availableBytes === undefined
		? undefined
		: ratio(Math.max(capacityBytes - availableBytes, 0), capacityBytes);
}

/** The file system with the highest share; the first of several equal ones. */
export function fullestOf<F extends FilesystemReading>(filesystems: Iterable<F>): F | undefined {
	let fullest: F | undefined;
	for (const filesystem of filesystems) {
		if ((fullness(filesystem) ?? -1) > (fullest === undefined ? -1 : (fullness(fullest) ?? -1))) {
			fullest = filesystem;
		}
	}

	return fullest;
}
