import type {NamedFilesystemReading} from '../../metrics/model/reading.ts';
import {listOf, textOf} from '../json-value.ts';
import type {Quantities} from '../quantities.ts';
import type {Sample} from './sample-history.ts';
import type {RawDevice} from './stats-shape.ts';

/**
 * Names of tmpfs mounts, which cAdvisor names by mount point (`fs/fs.go`) and every pod has. File systems on disks have
 * names such as `/dev/…`, `overlay_…`, a ZFS pool or `host:/export`.
 */
const IN_MEMORY = /^\/(?!dev\/)|^\/dev\/shm$/;

/**
 * The file systems of the machine: the root first if its device is known, then by size. Overlays of containers report
 * the numbers of the file system below them, so of devices with equal numbers only one is kept: a `/dev/…` name if
 * there is one, else the shortest name.
 */
export function decodeMachineFilesystems(
	{timeMs, stats: {filesystem}}: Sample,
	rootDevice: string | undefined,
	quantities: Quantities,
): readonly NamedFilesystemReading[] {
	const filesystems = new Map<string, NamedFilesystemReading>();
	let rootKey: string | undefined;
	for (const raw of Array.isArray(filesystem) ? listOf<RawDevice>(filesystem) : []) {
		const name = textOf(raw?.device);
		if (!raw || name === undefined || IN_MEMORY.test(name)) {
			continue;
		}

		const capacityBytes = quantities.read(raw.capacity);
		if (!capacityBytes) {
			continue;
		}

		const availableBytes = quantities.read(raw.available);
		const usedBytes = quantities.read(raw.usage);
		const inodes = quantities.read(raw.inodes) || undefined;
		const inodesFree = quantities.read(raw.inodes_free);
		const key = `${capacityBytes} ${availableBytes} ${usedBytes} ${inodesFree}`;
		rootKey = name === rootDevice ? key : rootKey;
		const known = filesystems.get(key);
		if (known !== undefined && !isPlainer(name, known.name)) {
			continue;
		}

		filesystems.set(key, {
			name,
			timeMs,
			capacityBytes,
			availableBytes,
			usedBytes,
			inodes,
			inodesFree,
			inodesUsed:
				inodes === undefined || inodesFree === undefined ? undefined : Math.max(inodes - inodesFree, 0),
		});
	}

	const root = rootKey === undefined ? undefined : filesystems.get(rootKey);
	return [...filesystems.values()].sort(
		(a, b) =>
			Number(b === root) - Number(a === root) ||
			(b.capacityBytes ?? 0) - (a.capacityBytes ?? 0) ||
			(a.name < b.name ? -1 : 1),
	);
}

function isPlainer(name: string, other: string): boolean {
	const isDevice = name.startsWith('/dev/');
	if (isDevice !== other.startsWith('/dev/')) {
		return isDevice;
	}

	return name.length === other.length ? name < other : name.length < other.length;
}
