const quantityPattern = /^([+-]?)(\d*)(?:\.(\d*))?(|[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)$/;

const decimalExponents: Readonly<Record<string, number>> = {
	n: -9,
	u: -6,
	m: -3,
	k: 3,
	M: 6,
	G: 9,
	T: 12,
	P: 15,
	E: 18,
};
const binaryExponents: Readonly<Record<string, bigint>> = {
	Ki: 10n,
	Mi: 20n,
	Gi: 30n,
	Ti: 40n,
	Pi: 50n,
	Ei: 60n,
};

/** The finest step a quantity can hold: 10^-9. */
const nanoExponent = -9;
const maxBinary = 2n ** 63n - 1n;

/**
 * A Kubernetes quantity (`250m`, `3Ki`, `1e3`) as the nearest number, in the unit of the resource (cores, bytes).
 *
 * Follows `ParseQuantity` of k8s.io/apimachinery/pkg/api/resource: more than nine decimal places are rounded away
 * from zero, a binary suffix caps at 2^63-1, a suffix alone is 0, `1E` is an exa and `1E2` a hundred. Whatever that
 * refuses, and what a number cannot hold, is undefined. A JSON number is accepted, as the API server accepts it.
 */
export function parseQuantity(quantity: unknown): number | undefined {
	const text = typeof quantity === 'number' ? String(quantity) : quantity;
	if (typeof text !== 'string' || text === '') {
		return undefined;
	}
	const match = quantityPattern.exec(text);
	if (!match) {
		return undefined;
	}
	const [, sign, whole = '', fraction = '', suffix = ''] = match;
	const binaryExponent = binaryExponents[suffix];
	const magnitude =
		binaryExponent === undefined
			? decimal(whole + fraction, decimalExponent(suffix) - fraction.length)
			: binary(whole + fraction, binaryExponent, fraction.length);
	if (!Number.isFinite(magnitude)) {
		return undefined;
	}
	return sign === '-' && magnitude !== 0 ? -magnitude : magnitude;
}

function decimalExponent(suffix: string): number {
	return decimalExponents[suffix] ?? (suffix === '' ? 0 : Number(suffix.slice(1)));
}

function binary(digits: string, exponent: bigint, decimalPlaces: number): number {
	const scaled = BigInt(digits || '0') << exponent;
	if (scaled > maxBinary * 10n ** BigInt(decimalPlaces)) {
		return Number(maxBinary);
	}
	return decimal(String(scaled), -decimalPlaces);
}

/** `digits` times 10^`exponent`. The text goes through `Number` once, so that nothing is rounded twice. */
function decimal(digits: string, exponent: number): number {
	if (exponent >= nanoExponent) {
		return Number(`${digits || '0'}e${exponent}`);
	}
	if (!/[1-9]/.test(digits)) {
		return 0;
	}
	const dropped = nanoExponent - exponent;
	const kept = BigInt(digits.slice(0, -dropped) || '0');
	const isExact = !/[1-9]/.test(digits.slice(-dropped));
	return Number(`${isExact ? kept : kept + 1n}e${nanoExponent}`);
}
