import type {DiskReading} from '../../metrics/model/reading.ts';
import {listOf, textOf} from '../json-value.ts';
import type {Quantities} from '../quantities.ts';
import type {Sample} from './sample-history.ts';
import type {RawDevice} from './stats-shape.ts';

/** As in /proc/diskstats, which cAdvisor reads them from. */
const SECTOR_BYTES = 512;
const NANOSECONDS_PER_MS = 1e6;
const DEVICE = /^\/dev\/(.+)$/;

/** The devices that hold file systems of the machine, by name; those that were never used, such as overlays, are left out. */
export function decodeMachineDisks(
	{stats: {filesystem}}: Sample,
	quantities: Quantities,
): readonly DiskReading[] {
	const disks = new Map<string, DiskReading>();
	for (const raw of Array.isArray(filesystem) ? listOf<RawDevice>(filesystem) : []) {
		const [, name] = DEVICE.exec(textOf(raw?.device) ?? '') ?? [];
		const counters = raw?.inline ?? raw;
		if (name === undefined || !counters || disks.has(name)) {
			continue;
		}

		const sectorsRead = quantities.read(counters.sectors_read);
		const sectorsWritten = quantities.read(counters.sectors_written);
		if (!sectorsRead && !sectorsWritten) {
			continue;
		}

		const nanoseconds = quantities.read(counters.io_duration);
		disks.set(name, {
			name,
			readBytes: sectorsRead === undefined ? undefined : sectorsRead * SECTOR_BYTES,
			writtenBytes: sectorsWritten === undefined ? undefined : sectorsWritten * SECTOR_BYTES,
			busyMs:
				nanoseconds === undefined ? quantities.read(counters.io_time) : nanoseconds / NANOSECONDS_PER_MS,
		});
	}

	return [...disks.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}
