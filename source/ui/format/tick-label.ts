/** The label of a tick, exact and short, because ticks are round: `250m`, `1.5`. */
export function coresTick(cores: number): string {
	return cores > 0 && cores < 1 ? `${trimmed(cores * 1000)}m` : trimmed(cores);
}

/** `1.5Gi`. */
export function bytesTick(bytes: number): string {
	return scaled(bytes, 1024, ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']);
}

/** `20kB` of a second, which the title says: the labels of an axis have six cells. */
export function rateTick(perSecond: number): string {
	return perSecond === 0 ? '0' : `${scaled(perSecond, 1000, ['', 'k', 'M', 'G', 'T', 'P', 'E'])}B`;
}

/** `50%`. */
export function shareTick(share: number): string {
	return `${trimmed(share * 100)}%`;
}

function scaled(value: number, base: number, suffixes: readonly string[]): string {
	let scaledValue = value;
	let power = 0;
	// Tolerates rounding errors of floating point, so that 999.9999999 is 1k.
	while (scaledValue >= base * (1 - 1e-9) && power < suffixes.length - 1) {
		scaledValue /= base;
		power++;
	}

	return `${trimmed(scaledValue)}${suffixes[power]}`;
}

function trimmed(value: number): string {
	return String(Number(value.toFixed(3)));
}
