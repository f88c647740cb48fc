import type {InterfaceReading, NetworkReading} from '../model/reading.ts';

/**
 * The sum over the interfaces that `countedInterfaces` chose; undefined if there is none. All or nothing: a sum that misses one
 * interface for a moment would jump by all that it ever carried. A name given twice (Windows lists an adapter once for
 * each of its bindings) is one interface, whose larger counters count.
 */
export function sumOfInterfaces(
	timeMs: number | undefined,
	counted: readonly InterfaceReading[],
): NetworkReading | undefined {
	const byName = new Map<string, InterfaceReading>();
	for (const one of counted) {
		const other = byName.get(one.name);
		byName.set(one.name, other === undefined ? one : largerOf(one, other));
	}

	const interfaces = [...byName.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
	const sum = (counter: keyof Omit<InterfaceReading, 'name'>): number | undefined =>
		interfaces.reduce<number | undefined>((total, one) => {
			const value = one[counter];
			return total === undefined || value === undefined ? undefined : total + value;
		}, 0);
	return interfaces.length === 0
		? undefined
		: {
				timeMs,
				interfaces: interfaces.map(({name}) => name).join(' '),
				rxBytes: sum('rxBytes'),
				txBytes: sum('txBytes'),
				rxErrors: sum('rxErrors'),
				txErrors: sum('txErrors'),
			};
}

function largerOf(one: InterfaceReading, other: InterfaceReading): InterfaceReading {
	const larger = (counter: keyof Omit<InterfaceReading, 'name'>): number | undefined => {
		const [a, b] = [one[counter], other[counter]];
		return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
	};
	return {
		name: one.name,
		rxBytes: larger('rxBytes'),
		txBytes: larger('txBytes'),
		rxErrors: larger('rxErrors'),
		txErrors: larger('txErrors'),
	};
}
