import type {InterfaceReading, NetworkReading} from '../../metrics/model/reading.ts';
import {countedInterfaces, type InterfaceLinks} from '../../metrics/rates/counted-interfaces.ts';
import {sumOfInterfaces} from '../../metrics/rates/sum-of-interfaces.ts';
import {parseKernelNumber} from './kernel-number.ts';

/** Columns of /proc/net/dev (proc_pid_net(5)): eight for received traffic, then eight for sent traffic. */
const COLUMNS = 16;
const RX_BYTES = 0;
const RX_ERRORS = 2;
const TX_BYTES = 8;
const TX_ERRORS = 10;

/** The interfaces of /proc/net/dev that `countedInterfaces` selects. */
export function parseInterfaces(
	text: string | undefined,
	linksOf?: (name: string) => InterfaceLinks | undefined,
): readonly InterfaceReading[] {
	const rows = (text?.split('\n') ?? []).flatMap(line => {
		// Names may contain colons (old aliases), and numbers may follow the colon without a space.
		const [, name, columns] = /^\s*(\S+):\s*(\d[\d\s]*)$/.exec(line) ?? [];
		const values = columns?.trim().split(/\s+/) ?? [];
		return name === undefined || values.length < COLUMNS ? [] : [{name, values}];
	});
	const counted = countedInterfaces(
		rows.map(({name}) => name),
		linksOf,
	);
	return rows
		.filter(({name}) => counted.includes(name))
		.map(({name, values}) => ({
			name,
			rxBytes: parseKernelNumber(values[RX_BYTES]),
			txBytes: parseKernelNumber(values[TX_BYTES]),
			rxErrors: parseKernelNumber(values[RX_ERRORS]),
			txErrors: parseKernelNumber(values[TX_ERRORS]),
		}));
}

/** Their sum; undefined if there is none. */
export function parseNetDev(
	text: string | undefined,
	timeMs: number,
	linksOf?: (name: string) => InterfaceLinks | undefined,
): NetworkReading | undefined {
	return sumOfInterfaces(timeMs, parseInterfaces(text, linksOf));
}
