import {parseKernelNumber} from './kernel-number.ts';

/**
 * Parses lines of a name and a number, as in cpu.stat, memory.stat and /proc/vmstat ("flat keyed", kernel
 * Documentation/admin-guide/cgroup-v2.rst). Skips other lines.
 */
export function parseFlatKeyed(text: string | undefined): ReadonlyMap<string, number> {
	const values = new Map<string, number>();
	for (const line of text?.split('\n') ?? []) {
		const space = line.indexOf(' ');
		const value = space > 0 ? parseKernelNumber(line.slice(space + 1)) : undefined;
		if (value !== undefined) {
			values.set(line.slice(0, space), value);
		}
	}

	return values;
}
