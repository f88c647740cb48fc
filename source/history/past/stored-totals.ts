import type {NodeRow, SeriesName} from '../../metrics/model/row.ts';
import type {Span} from '../../metrics/model/view.ts';
import {HELD_STEPS, type Samples} from '../../metrics/rings/resample.ts';

const SERIES = [
	'cpuCores',
	'memoryWorkingSetBytes',
	'memoryRssBytes',
	'rxBytesPerSecond',
	'txBytesPerSecond',
] as const satisfies readonly SeriesName[];

/** Four hours of readings every 15 s. */
const MAX_TIMES = 960;

type Total = {readonly timeMs: number; readonly sums: ReadonlyMap<SeriesName, number>};

/** Sums of all nodes of a store over time, kept of what was read anyway: for a store each is a query of all nodes. */
export class StoredTotals {
	readonly #totals: Total[] = [];

	/** Another sum of the same time replaces the one before: recorders finish a round one after the other. */
	add(timeMs: number, rows: readonly NodeRow[]): void {
		const sums = new Map<SeriesName, number>();
		for (const series of SERIES) {
			let sum: number | undefined;
			for (const row of rows) {
				const value = row[series];
				sum = value === undefined ? sum : (sum ?? 0) + value;
			}

			if (sum !== undefined) {
				sums.set(series, sum);
			}
		}

		if (this.#totals.at(-1)?.timeMs === timeMs) {
			this.#totals.pop();
		} else if (this.#totals.length >= MAX_TIMES) {
			this.#totals.shift();
		}

		this.#totals.push({timeMs, sums});
	}

	samples(series: SeriesName): Samples {
		return {
			length: this.#totals.length,
			timeAt: age => this.#totals[age]?.timeMs ?? Number.NaN,
			valueAt: age => this.#totals[age]?.sums.get(series) ?? Number.NaN,
		};
	}

	/** From the first sum on without end, since newer ones come by themselves; undefined before the first. */
	get span(): Span | undefined {
		const [first] = this.#totals;
		return first && {oldestMs: first.timeMs, newestMs: Number.POSITIVE_INFINITY};
	}

	/** How long a sum is valid: two and a half times as long as the last ones are apart. */
	get holdMs(): number {
		const [before, last] = this.#totals.slice(-2);
		const apartMs = before === undefined || last === undefined ? 0 : last.timeMs - before.timeMs;
		return Math.max(USUAL_ROUND_MS, apartMs) * HELD_STEPS;
	}
}

/** `ktop record` and Heapster write once a minute. */
const USUAL_ROUND_MS = 60_000;
