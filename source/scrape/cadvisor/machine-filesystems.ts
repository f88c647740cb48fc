import type {NamedFilesystemReading} from '../../metrics/model/reading.ts';
import type {Quantities} from '../quantities.ts';
import type {Sample} from './sample-history.ts';
import {list, type RawDevice, text} from './stats-shape.ts';

/**
 * cAdvisor calls a tmpfs by its mount point (`fs/fs.go`): a share of the memory, of which each pod and sandbox has some.
 * What is on a disk is called `/dev/…`, `overlay_…`, a pool of ZFS, or `host:/export`.
 */
const IN_MEMORY = /^\/(?!dev\/)|^\/dev\/shm$/;

/**
 * The machine's file systems, the root's first where its device is known, then the largest. The overlays of containers
 * repeat the file system below them to the byte, so of devices that agree in every number the one with the plainest name
 * is kept.
 */
export function decodeMachineFilesystems(
	{timeMs, stats: {filesystem}}: Sample,
	rootDevice: string | undefined,
	quantities: Quantities,
): readonly NamedFilesystemReading[] {
	const filesystems = new Map<string, NamedFilesystemReading>();
	let rootKey: string | undefined;
	for (const raw of Array.isArray(filesystem) ? list<RawDevice>(filesystem) : []) {
		const name = text(raw?.device);
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
