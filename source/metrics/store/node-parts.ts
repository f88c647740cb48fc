import type {NodeReading, Reading} from '../model/reading.ts';
import type {CoreUsage, DiskUsage, InterfaceUsage} from '../model/row.ts';
import {PartRates} from '../rates/part-rates.ts';
import {minimumWindowMs} from '../rates/usage-tracker.ts';

/** Ticks of the kernel's clock make a busy core a little more than busy. */
const IMPRECISION = 0.1;

/** The usage of a node's cores, interfaces and disks, each by itself. */
export class NodeParts {
	readonly #cores = new PartRates(1);
	readonly #interfaces = new PartRates(2);
	readonly #disks = new PartRates(3);

	observe(
		{cpu, network, cores, interfaces, disks}: NodeReading,
		{receivedAtMs, stampResolutionMs}: Pick<Reading, 'receivedAtMs' | 'stampResolutionMs'>,
	): {
		readonly cores: readonly CoreUsage[] | undefined;
		readonly interfaces: readonly InterfaceUsage[] | undefined;
		readonly disks: readonly DiskUsage[] | undefined;
	} {
		const minimumMs = minimumWindowMs(stampResolutionMs);
		const busy = this.#cores.observe(
			(cores ?? []).map(({name, busyNanoseconds}) => ({name, counters: [busyNanoseconds]})),
			cpu?.timeMs ?? receivedAtMs,
			receivedAtMs,
			minimumMs,
		);
		// Their counters stay while they are not asked for.
		const traffic =
			interfaces &&
			this.#interfaces.observe(
				interfaces.map(({name, rxBytes, txBytes}) => ({name, counters: [rxBytes, txBytes]})),
				network?.timeMs ?? receivedAtMs,
				receivedAtMs,
				minimumMs,
			);
		const moved = this.#disks.observe(
			(disks ?? []).map(({name, readBytes, writtenBytes, busyMs}) => ({
				name,
				counters: [readBytes, writtenBytes, busyMs === undefined ? undefined : busyMs * 1e6],
			})),
			cpu?.timeMs ?? receivedAtMs,
			receivedAtMs,
			minimumMs,
		);
		return {
			cores: cores && busy.map(({name, perSecond: [rate]}) => ({name, busyRatio: shareOf(rate)})),
			interfaces: traffic?.map(({name, perSecond: [rxBytesPerSecond, txBytesPerSecond]}) => ({
				name,
				rxBytesPerSecond,
				txBytesPerSecond,
			})),
			disks:
				disks &&
				moved.map(({name, perSecond: [readBytesPerSecond, writtenBytesPerSecond, busy]}) => ({
					name,
					readBytesPerSecond,
					writtenBytesPerSecond,
					busyRatio: shareOf(busy),
				})),
		};
	}
}

/** Busy nanoseconds a second as a share; unknown where a core or disk would have been busy for longer than the time was. */
function shareOf(nanosecondsPerSecond: number | undefined): number | undefined {
	const share = nanosecondsPerSecond === undefined ? undefined : nanosecondsPerSecond / 1e9;
	return share === undefined || share > 1 + IMPRECISION ? undefined : Math.min(share, 1);
}
