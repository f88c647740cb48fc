import {openSync, readSync} from 'node:fs';
import {PerformanceObserver} from 'node:perf_hooks';

const schedstat = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
const stat = Buffer.alloc(64);

/** CPU time of the main thread, which other programs on the machine do not lengthen. */
function mainThreadMs(): number {
	const length = readSync(schedstat, stat, 0, stat.length, 0);
	return Number(stat.toString('latin1', 0, length).split(' ', 1)[0]) / 1e6;
}

export type Turns = {
	/** The longest turn of the event loop, in milliseconds of CPU time of the main thread. */
	readonly longestMs: number;
	/** The longest turn in which the garbage collector did not pause it for more than 5 ms. */
	readonly longestWithoutMs: number;
	/** The longest pause of the garbage collector, by the clock. */
	readonly longestPauseMs: number;
};

type Turn = {readonly startMs: number; readonly endMs: number; readonly cpuMs: number};

/** Measures how long the event loop takes from turn to turn. The probe itself keeps it turning. */
export class TurnProbe {
	#lastMs = performance.now();
	#lastCpuMs = mainThreadMs();
	readonly #turns: Turn[] = [];
	readonly #pauses: Array<readonly [startMs: number, durationMs: number]> = [];
	readonly #observer: PerformanceObserver;
	#busyMs = 0;
	#isRunning = true;

	constructor() {
		this.#observer = new PerformanceObserver(list => {
			for (const {startTime, duration} of list.getEntries()) {
				this.#pauses.push([startTime, duration]);
			}
		});
		this.#observer.observe({entryTypes: ['gc']});
		setImmediate(this.#turn);
	}

	readonly #turn = (): void => {
		const endMs = performance.now();
		const endCpuMs = mainThreadMs();
		const cpuMs = endCpuMs - this.#lastCpuMs;
		this.#busyMs += cpuMs > IDLE_MS ? cpuMs : 0;
		if (cpuMs > LONG_MS) {
			this.#turns.push({startMs: this.#lastMs, endMs, cpuMs});
		}

		this.#lastMs = endMs;
		this.#lastCpuMs = endCpuMs;
		if (this.#isRunning) {
			setImmediate(this.#turn);
		}
	};

	/** The CPU time of all turns that did something, since the start. */
	get busyMs(): number {
		return this.#busyMs;
	}

	/** What was measured since the last call. */
	async take(): Promise<Turns> {
		// Observers hear of pauses in a later turn.
		await new Promise(resolve => setTimeout(resolve, 20));
		const turns = this.#turns.splice(0);
		const pauses = this.#pauses.splice(0).filter(([, duration]) => duration > LONG_MS);
		const isPaused = ({startMs, endMs}: Turn): boolean =>
			pauses.some(([pauseMs, duration]) => pauseMs < endMs && pauseMs + duration > startMs);
		const longest = (some: readonly Turn[]): number =>
			some.reduce((most, {cpuMs}) => Math.max(most, cpuMs), 0);
		return {
			longestMs: longest(turns),
			longestWithoutMs: longest(turns.filter(turn => !isPaused(turn))),
			longestPauseMs: pauses.reduce((most, [, duration]) => Math.max(most, duration), 0),
		};
	}

	stop(): void {
		this.#isRunning = false;
		this.#observer.disconnect();
	}
}

/** A turn of the probe alone takes less. */
const IDLE_MS = 0.2;

/** Shorter turns and pauses are not of interest. */
const LONG_MS = 5;
