import {ratio} from './ratio.ts';
import type {FilesystemReading} from './reading.ts';

/** How full a file system is: what can no longer be written (capacity less available), of its size, as eviction sees it. */
export function fullness({capacityBytes, availableBytes}: FilesystemReading): number | undefined {
	return capacityBytes === undefined || availableBytes === undefined
		? undefined
		: ratio(Math.max(capacityBytes - availableBytes, 0), capacityBytes);
}

/** The one with the least room left, the first of several as full. */
export function fullestOf<F extends FilesystemReading>(filesystems: readonly F[]): F | undefined {
	let fullest: F | undefined;
	for (const filesystem of filesystems) {
		if ((fullness(filesystem) ?? -1) > (fullest === undefined ? -1 : (fullness(fullest) ?? -1))) {
			fullest = filesystem;
		}
	}

	return fullest;
}

/** How full the fullest is. */
export function highestFullness(filesystems: readonly FilesystemReading[]): number | undefined {
	const fullest = fullestOf(filesystems);
	return fullest && fullness(fullest);
}
