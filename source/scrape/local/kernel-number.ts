/** 2^63. Counters that underflowed are about 1.8e19. */
const IMPOSSIBLE = 2 ** 63;

/** Parses an integer of a kernel file from 0 to below 2^63; undefined for `max`, `-1` and other text. */
export function parseKernelNumber(text: string | undefined): number | undefined {
	const trimmed = text?.trim() ?? '';
	const value = /^\d+$/.test(trimmed) ? Number(trimmed) : undefined;
	return value !== undefined && value < IMPOSSIBLE ? value : undefined;
}
