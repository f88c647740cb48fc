/** Labels of an axis are round numbers, and are written exactly and short: `1.5Gi`, `250m`, `20k/s`, `50%`. */
export function coresTick(cores: number): string {
	return cores > 0 && cores < 1 ? `${trimmed(cores * 1000)}m` : trimmed(cores);
}

export function bytesTick(bytes: number): string {
	return scaled(bytes, 1024, ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']);
}

export function rateTick(perSecond: number): string {
	return perSecond === 0 ? '0' : `${scaled(perSecond, 1000, ['', 'k', 'M', 'G', 'T', 'P', 'E'])}/s`;
}

export function shareTick(share: number): string {
	return `${trimmed(share * 100)}%`;
}

function scaled(value: number, base: number, suffixes: readonly string[]): string {
	let scaledValue = value;
	let power = 0;
	// What floating point takes from 1000 must not leave it in the smaller unit.
	while (scaledValue >= base * (1 - 1e-9) && power < suffixes.length - 1) {
		scaledValue /= base;
		power++;
	}

	return `${trimmed(scaledValue)}${suffixes[power]}`;
}

function trimmed(value: number): string {
	return String(Number(value.toFixed(3)));
}
