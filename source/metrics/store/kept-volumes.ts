import type {VolumeReading} from '../model/reading.ts';

const FIGURES = [
	'capacityBytes',
	'availableBytes',
	'usedBytes',
	'inodes',
	'inodesFree',
	'inodesUsed',
] as const satisfies ReadonlyArray<keyof VolumeReading>;

/**
 * The volumes of before where all their figures are the same, with the time of then: most volumes are tokens and settings,
 * which do not change, and a quarter of what a visit leaves to the garbage collector were copies of them.
 */
export function keptVolumes(
	before: readonly VolumeReading[] | undefined,
	now: readonly VolumeReading[],
): readonly VolumeReading[] {
	return before?.length === now.length && now.every((volume, place) => isSame(before[place], volume))
		? before
		: now;
}

function isSame(before: VolumeReading | undefined, now: VolumeReading): boolean {
	return (
		before?.name === now.name &&
		before.claim?.name === now.claim?.name &&
		before.claim?.namespace === now.claim?.namespace &&
		FIGURES.every(figure => before[figure] === now[figure])
	);
}
