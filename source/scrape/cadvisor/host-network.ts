import type {Sample} from './sample-history.ts';
import {interfacesOf} from './stats-groups.ts';
import type {RawSpec, StatsInterface} from './stats-shape.ts';

/** The maximum relative difference between two reads of one counter, at most a minute apart. */
const SAME_COUNTER_SHARE = 0.05;

/**
 * Whether a pod uses the host network: it then reports the interfaces of the machine. With a single interface (`eth0`),
 * the counters must also be nearly equal.
 */
export function isHostNetwork(pod: Sample, podSpec: RawSpec, machine: Sample, machineSpec: RawSpec): boolean {
	const ofPod = interfacesOf(pod, podSpec);
	const ofMachine = interfacesOf(machine, machineSpec);
	const names = new Set(ofPod.map(({name}) => name));
	if (names.size === 0 || names.size !== ofMachine.length || !ofMachine.every(({name}) => names.has(name))) {
		return false;
	}

	const [one] = ofPod;
	const [other] = ofMachine;
	return names.size > 1 || (isNear(one, other, 'rx_bytes') && isNear(one, other, 'tx_bytes'));
}

function isNear(
	one: StatsInterface | undefined,
	other: StatsInterface | undefined,
	key: 'rx_bytes' | 'tx_bytes',
): boolean {
	const value = one?.[key];
	const reference = other?.[key];
	return (
		typeof value === 'number' &&
		typeof reference === 'number' &&
		reference > 0 &&
		Math.abs(value - reference) <= reference * SAME_COUNTER_SHARE
	);
}
