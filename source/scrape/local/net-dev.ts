import {isNodeInterface} from '../../metrics/node-interface.ts';
import type {NetworkReading} from '../../metrics/reading.ts';
import {parseKernelNumber} from './kernel-number.ts';

/** Columns of /proc/net/dev (proc_pid_net(5)): eight of what was received, then eight of what was sent. */
const COLUMNS = 16;
const RX_BYTES = 0;
const RX_ERRORS = 2;
const TX_BYTES = 8;
const TX_ERRORS = 10;

/**
 * /proc/net/dev, with the interfaces of a node (or of a pod's network namespace) summed; `stacked` names those whose
 * bytes others carry too (bonds, VLANs). Undefined where there is no interface to count.
 */
export function parseNetDev(
	text: string | undefined,
	timeMs: number,
	stacked: ReadonlySet<string> = new Set(),
): NetworkReading | undefined {
	const rows = (text?.split('\n') ?? []).flatMap(line => {
		// Names may hold colons (old aliases), and numbers may follow the colon without a space.
		const [, name, columns] = /^\s*(\S+):\s*(\d[\d\s]*)$/.exec(line) ?? [];
		const values = columns?.trim().split(/\s+/) ?? [];
		return name === undefined || values.length < COLUMNS || !isNodeInterface(name) || stacked.has(name)
			? []
			: [values];
	});
	if (rows.length === 0) {
		return undefined;
	}

	const total = (column: number): number | undefined =>
		rows.reduce<number | undefined>((sum, values) => {
			const value = parseKernelNumber(values[column]);
			return sum === undefined || value === undefined ? undefined : sum + value;
		}, 0);
	return {
		timeMs,
		rxBytes: total(RX_BYTES),
		txBytes: total(TX_BYTES),
		rxErrors: total(RX_ERRORS),
		txErrors: total(TX_ERRORS),
	};
}
