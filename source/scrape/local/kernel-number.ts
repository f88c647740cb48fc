/** Counters that the kernel lets underflow read as some 1.8e19; page counters know no more than 63 bits. */
const IMPOSSIBLE = 2 ** 63;

/** One whole number of a kernel file, from 0 to below 2^63; undefined for `max`, `-1`, text, nothing and the rest. */
export function parseKernelNumber(text: string | undefined): number | undefined {
	const trimmed = text?.trim() ?? '';
	const value = /^\d+$/.test(trimmed) ? Number(trimmed) : undefined;
	return value !== undefined && value < IMPOSSIBLE ? value : undefined;
}
