/**
 * Amounts of extended resources by name (`nvidia.com/gpu`, `hugepages-2Mi`), in their own units: all resources besides
 * CPU, memory, ephemeral storage and pods.
 */
export type ExtendedAmounts = Readonly<Record<string, number>>;

/**
 * The names that device plugins give to GPUs: `<vendor>/gpu`, NVIDIA's shared ones and the parts of MIG, and Intel's two
 * drivers. Others count something else, such as the memory of a GPU.
 */
const GPU = /^(?:[^/]+\/gpu(?:\.shared)?|nvidia\.com\/mig-.+|gpu\.intel\.com\/(?:i915|xe))$/;

/** The sum over all kinds of GPUs; undefined if there is none. */
export function gpusOf(amounts: ExtendedAmounts | undefined): number | undefined {
	let sum: number | undefined;
	for (const name in amounts) {
		if (GPU.test(name)) {
			sum = (sum ?? 0) + (amounts[name] ?? 0);
		}
	}

	return sum;
}

/** The sum of two amounts of each name; undefined if neither has any. */
export function addExtended(
	one: ExtendedAmounts | undefined,
	other: ExtendedAmounts | undefined,
): ExtendedAmounts | undefined {
	if (one === undefined || other === undefined) {
		return one ?? other;
	}

	const sum: Record<string, number> = {...one};
	for (const [name, amount] of Object.entries(other)) {
		sum[name] = (sum[name] ?? 0) + amount;
	}

	return sum;
}

export function isSameExtended(
	one: ExtendedAmounts | undefined,
	other: ExtendedAmounts | undefined,
): boolean {
	if (one === other) {
		return true;
	}

	const names = Object.keys(one ?? {});
	return (
		names.length === Object.keys(other ?? {}).length && names.every(name => one?.[name] === other?.[name])
	);
}
