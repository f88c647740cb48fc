import type {DiskReading} from '../../metrics/model/reading.ts';
import {parseKernelNumber} from './kernel-number.ts';

/** Sectors of /proc/diskstats have this size, whatever the disk's own is. */
export const SECTOR_BYTES = 512;

/** In memory, without a medium, or stacked on other disks, whose bytes they repeat. */
const NO_DISK = /^(?:loop|ram|zram|fd|sr|nbd|dm-|md)\d/;

/**
 * The fields after the name of a line (kernel Documentation/admin-guide/iostats.rst): reads, merged, sectors read, ms,
 * writes, merged, sectors written, ms, in flight, ms with a request in flight.
 */
const NAME = 2;
const SECTORS_READ = 5;
const SECTORS_WRITTEN = 9;
const BUSY_MS = 12;

/** Parses /proc/diskstats; `devices` are the names in /sys/block, which has no partitions. Leaves out what was never used. */
export function parseDisks(text: string | undefined, devices: readonly string[]): readonly DiskReading[] {
	const whole = new Set(devices.filter(name => !NO_DISK.test(name)));
	return (text ?? '').split('\n').flatMap((line): readonly DiskReading[] => {
		const fields = line.trim().split(/ +/);
		const name = fields[NAME];
		if (name === undefined || !whole.has(name)) {
			return [];
		}

		const sectorsRead = parseKernelNumber(fields[SECTORS_READ]);
		const sectorsWritten = parseKernelNumber(fields[SECTORS_WRITTEN]);
		return (sectorsRead ?? 0) === 0 && (sectorsWritten ?? 0) === 0
			? []
			: [
					{
						name,
						readBytes: sectorsRead === undefined ? undefined : sectorsRead * SECTOR_BYTES,
						writtenBytes: sectorsWritten === undefined ? undefined : sectorsWritten * SECTOR_BYTES,
						busyMs: parseKernelNumber(fields[BUSY_MS]),
					},
				];
	});
}
