import type {VolumeReading} from '../model/reading.ts';

/**
 * The volumes of before where all their figures are the same, with the time of then: most volumes are tokens and settings,
 * which do not change, and a quarter of what a visit leaves to the garbage collector were copies of them.
 */
export function keptVolumes(
	before: readonly VolumeReading[],
	now: readonly VolumeReading[],
): readonly VolumeReading[] {
	if (before.length !== now.length) {
		return now;
	}

	for (let place = 0; place < now.length; place++) {
		if (!isSame(before[place], now[place])) {
			return now;
		}
	}

	return before;
}

/** Each figure by its name: a loop over the names makes an object of each number. */
function isSame(before: VolumeReading | undefined, now: VolumeReading | undefined): boolean {
	return (
		before?.name === now?.name &&
		before?.claim?.name === now?.claim?.name &&
		before?.claim?.namespace === now?.claim?.namespace &&
		before?.capacityBytes === now?.capacityBytes &&
		before?.availableBytes === now?.availableBytes &&
		before?.usedBytes === now?.usedBytes &&
		before?.inodes === now?.inodes &&
		before?.inodesFree === now?.inodesFree &&
		before?.inodesUsed === now?.inodesUsed
	);
}
