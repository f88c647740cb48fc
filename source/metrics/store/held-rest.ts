import type {NodeReading, PressureReading, Reading, SwapReading} from '../model/reading.ts';
import type {NodeRow, Usage} from '../model/row.ts';

/**
 * What a reading of CPU and memory alone leaves out (`Reading.restHoldsMs`) is taken from the rows, which have it from the
 * last full reading. Pressure of the disks is left out as well, and that of CPU and memory is not.
 */
export class HeldRest {
	/** When the last full reading was received. */
	#fullAtMs: number | undefined;

	/** When what `reading` leaves out was received; undefined where it leaves out nothing, or that is too long ago. */
	observe({receivedAtMs, restHoldsMs}: Reading): number | undefined {
		if (restHoldsMs === undefined) {
			this.#fullAtMs = receivedAtMs;
			return undefined;
		}

		return this.#fullAtMs !== undefined && receivedAtMs - this.#fullAtMs <= restHoldsMs
			? this.#fullAtMs
			: undefined;
	}

	/** ktop's clock was set back. */
	setBack(byMs: number): void {
		this.#fullAtMs = this.#fullAtMs === undefined ? undefined : this.#fullAtMs - byMs;
	}
}

/** The start is the boot as before: the kubelet has two of them, which differ by seconds. */
export function withRestOfNode(node: NodeReading, row: NodeRow): NodeReading {
	return {
		...node,
		swap: node.swap ?? swapOf(row.swapUsageBytes),
		pressure: heldPressure(node.pressure, row.pressure),
		processCount: node.processCount ?? row.processCount,
		startTimeMs: isRestart(node, row) ? node.startTimeMs : (row.startTimeMs ?? node.startTimeMs),
		filesystems: row.filesystems,
	};
}

/** Whether rates of the network are known, which then stay. */
export function hasNetworkRates({rxBytesPerSecond, txBytesPerSecond}: Usage): boolean {
	return rxBytesPerSecond !== undefined || txBytesPerSecond !== undefined;
}

/** A node without pressure in the last full reading does not measure it. */
export function heldPressure(
	now: PressureReading | undefined,
	before: PressureReading | undefined,
): PressureReading | undefined {
	return now === undefined || before === undefined
		? before
		: {
				cpuSomePercent: now.cpuSomePercent ?? before.cpuSomePercent,
				cpuFullPercent: now.cpuFullPercent ?? before.cpuFullPercent,
				memorySomePercent: now.memorySomePercent ?? before.memorySomePercent,
				memoryFullPercent: now.memoryFullPercent ?? before.memoryFullPercent,
				ioSomePercent: now.ioSomePercent ?? before.ioSomePercent,
				ioFullPercent: now.ioFullPercent ?? before.ioFullPercent,
			};
}

/** Whether the node was started after its newest sample. */
function isRestart({startTimeMs}: NodeReading, {sampleTimeMs}: NodeRow): boolean {
	return startTimeMs !== undefined && sampleTimeMs !== undefined && startTimeMs > sampleTimeMs;
}

function swapOf(usageBytes: number | undefined): SwapReading | undefined {
	return usageBytes === undefined ? undefined : {timeMs: undefined, usageBytes, availableBytes: undefined};
}
