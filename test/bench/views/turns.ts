import {openSync, readSync} from 'node:fs';
import {PerformanceObserver} from 'node:perf_hooks';
import {setTimeout} from 'node:timers/promises';

const schedstat = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
const stat = Buffer.alloc(64);

/**
 * How long the main thread has waited for a processor that other programs had. What is left of the time by the clock is its
 * CPU time, of which some kernels tell no more than ticks of 4 ms.
 */
function waitedMs(): number {
	const length = readSync(schedstat, stat, 0, stat.length, 0);
	return Number(stat.toString('latin1', 0, length).split(' ', 2)[1]) / 1e6;
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

/**
 * Measures how long the event loop takes from turn to turn. The probe itself keeps it turning, at a pace that leaves the
 * garbage collector little to do.
 */
export class TurnProbe {
	#lastMs = performance.now();
	#waitedMs = waitedMs();
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
		const cpuMs = this.#cpuMsUntil(endMs);
		if (endMs - this.#lastMs > IDLE_MS) {
			this.#busyMs += cpuMs;
			this.#waitedMs = waitedMs();
		}

		if (cpuMs > LONG_MS) {
			this.#turns.push({startMs: this.#lastMs, endMs, cpuMs});
		}

		this.#lastMs = endMs;
		keepProcessor(STEPS_A_TURN);

		if (this.#isRunning) {
			setImmediate(this.#turn);
		}
	};

	/** Of this turn. */
	#cpuMsUntil(nowMs: number): number {
		const ms = nowMs - this.#lastMs;
		return ms > IDLE_MS ? Math.max(ms - (waitedMs() - this.#waitedMs), 0) : ms;
	}

	/** The CPU time of all turns that did something, and of this one, since the start. */
	get busyMs(): number {
		return this.#busyMs + this.#cpuMsUntil(performance.now());
	}

	/** The pauses of the garbage collector since a moment, in milliseconds. */
	async pausesSince(sinceMs: number): Promise<readonly number[]> {
		await heard();
		return this.#pauses.flatMap(([startMs, duration]) => (startMs >= sinceMs ? [duration] : []));
	}

	/** What was measured since the last call. */
	async take(): Promise<Turns> {
		await heard();
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

/** Observers hear of pauses in a later turn. */
async function heard(): Promise<void> {
	await setTimeout(20);
}

/** A turn of the probe alone takes less. */
const IDLE_MS = 0.2;

/** How long a turn of the probe itself takes. */
const PACE_MS = 0.05;

/** Shorter turns and pauses are not of interest. */
const LONG_MS = 5;

/** What the loop below comes to, so that it is not left out. */
let kept = 1;

/**
 * Keeps the processor without allocating: a loop that asks for the time makes 300 MB of garbage a second, and so a collection
 * of some milliseconds at every other key.
 */
function keepProcessor(steps: number): void {
	let state = kept;
	for (let step = 0; step < steps; step++) {
		state = Math.imul(state, 0x6d2b79f5) + 1;
	}

	kept = state;
}

/** How many steps last as long as a turn of the probe. */
const STEPS_A_TURN = stepsIn(PACE_MS);

/** By the fastest of some tries, as other programs have the processor in some of them. */
function stepsIn(ms: number): number {
	const [tries, steps] = [20, 1_000_000];
	let leastMs = Number.POSITIVE_INFINITY;
	for (let count = 0; count < tries; count++) {
		const sinceMs = performance.now();
		keepProcessor(steps);
		leastMs = Math.min(leastMs, performance.now() - sinceMs);
	}

	return Math.ceil((steps * ms) / leastMs);
}
