import type {SeriesName} from '../../metrics/model/row.ts';
import {HELD_STEPS, type Samples} from '../../metrics/rings/resample.ts';
import {
	type HistoryPoint,
	type HistoryRange,
	type HistorySubject,
	subjectKey,
} from '../store/history-request.ts';
import {boundedRange, MOST_SUBJECTS} from '../store/query-bounds.ts';
import type {HistoryAccess} from './history-access.ts';

/** What is known of one series, and how long a value of it may be held. */
export type StoredSeries = {readonly samples: Samples; readonly holdMs: number};

type Entry = StoredSeries & {readonly fromMs: number; readonly toMs: number};

/** One query: what is asked together. */
type Group = {
	readonly kind: HistorySubject['kind'];
	readonly series: SeriesName;
	readonly stepMs: number;
	readonly subjects: Map<string, HistorySubject>;
	startMs: number;
	endMs: number;
};

export type SeriesCacheOptions = {
	readonly access: HistoryAccess;
	readonly now: () => number;
	/** Called when answers came in. */
	readonly onChange: () => void;
};

/** Series kept; each is of some hundred points. */
const MOST_SERIES = 3000;

/** What is drawn in one frame is asked for together. */
const GATHER_MS = 10;

/** How much more than the window is asked for on either side, so that stepping through time finds it there. */
const MARGIN = 0.25;

/** Newer than this a store need not be: who writes into it takes its time. */
const FRESH_MS = 15_000;

const EMPTY: Samples = {length: 0, timeAt: () => Number.NaN, valueAt: () => Number.NaN};

/** The series that a screen has looked at. What is missing is asked for in the background, many subjects in a query. */
export class SeriesCache {
	readonly #options: SeriesCacheOptions;
	/** Least recently used first. */
	readonly #entries = new Map<string, Entry>();
	readonly #pending = new Set<string>();
	#groups = new Map<string, Group>();
	#timer: NodeJS.Timeout | undefined;

	constructor(options: SeriesCacheOptions) {
		this.#options = options;
	}

	/** What there is now; undefined before anything was answered. */
	find(subject: HistorySubject, series: SeriesName, range: HistoryRange): StoredSeries | undefined {
		const key = `${series} ${range.stepMs} ${subjectKey(subject)}`;
		const entry = this.#entries.get(key);
		if (entry !== undefined) {
			this.#entries.delete(key);
			this.#entries.set(key, entry);
		}

		const isCovered =
			entry !== undefined &&
			entry.fromMs <= range.startMs &&
			entry.toMs >= range.endMs - Math.max(range.stepMs, FRESH_MS);
		if (!isCovered && !this.#pending.has(key)) {
			this.#want(subject, series, range);
		}

		return entry;
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#groups.clear();
	}

	#want(subject: HistorySubject, series: SeriesName, {startMs, endMs, stepMs}: HistoryRange): void {
		const groupKey = `${subject.kind} ${series} ${stepMs}`;
		const marginMs = (endMs - startMs) * MARGIN;
		const group = this.#groups.get(groupKey) ?? {
			kind: subject.kind,
			series,
			stepMs,
			subjects: new Map(),
			startMs: Number.POSITIVE_INFINITY,
			endMs: Number.NEGATIVE_INFINITY,
		};
		this.#groups.set(groupKey, group);
		group.startMs = Math.min(group.startMs, startMs - marginMs);
		group.endMs = Math.max(group.endMs, Math.min(endMs + marginMs, this.#options.now()));
		if (group.subjects.size < MOST_SUBJECTS) {
			group.subjects.set(subjectKey(subject), subject);
		}

		this.#timer ??= setTimeout(() => this.#askAll(), GATHER_MS);
	}

	#askAll(): void {
		this.#timer = undefined;
		const groups = [...this.#groups.values()];
		this.#groups = new Map();
		// What has no place now is wanted again by the next frame.
		for (const group of groups) {
			if (this.#options.access.isOpen()) {
				void this.#ask(group);
			}
		}
	}

	async #ask({kind, series, stepMs, subjects, startMs, endMs}: Group): Promise<void> {
		const range = boundedRange({startMs, endMs, stepMs});
		const keys = [...subjects.keys()].map(subject => `${series} ${stepMs} ${subject}`);
		for (const key of keys) {
			this.#pending.add(key);
		}

		const answer = await this.#options.access.ask((store, signal) =>
			store.series({kind, series, subjects: [...subjects.values()], range}, signal),
		);
		for (const key of keys) {
			this.#pending.delete(key);
		}

		if (answer === undefined) {
			return;
		}

		for (const subject of subjects.keys()) {
			this.#keep(`${series} ${stepMs} ${subject}`, {
				...storedSeries(answer.get(subject) ?? [], range.stepMs),
				fromMs: startMs,
				toMs: endMs,
			});
		}

		this.#options.onChange();
	}

	#keep(key: string, entry: Entry): void {
		this.#entries.delete(key);
		this.#entries.set(key, entry);
		for (const [oldest] of this.#entries) {
			if (this.#entries.size <= MOST_SERIES) {
				break;
			}

			this.#entries.delete(oldest);
		}
	}
}

/** Points as samples in the middle of their steps, which is where the mean of a step is. */
function storedSeries(points: readonly HistoryPoint[], stepMs: number): StoredSeries {
	if (points.length === 0) {
		return {samples: EMPTY, holdMs: 0};
	}

	const times = Float64Array.from(points, ({timeMs}) => timeMs + stepMs / 2);
	const values = Float64Array.from(points, ({value}) => value);
	return {
		samples: {
			length: points.length,
			timeAt: age => times[age] ?? Number.NaN,
			valueAt: age => values[age] ?? Number.NaN,
		},
		holdMs: holdMs(typicalStepMs(times), stepMs),
	};
}

/**
 * Of what was written more rarely than it was asked for, a value is held for a few of the writer's own steps; else a step
 * without a value is a gap.
 */
function holdMs(writtenEveryMs: number, stepMs: number): number {
	return writtenEveryMs > stepMs ? writtenEveryMs * HELD_STEPS : stepMs;
}

/** The median of the steps: an outage of days makes no other step longer. */
function typicalStepMs(times: Float64Array): number {
	const steps = times.slice(1).map((timeMs, index) => timeMs - (times[index] ?? timeMs));
	return steps.sort()[Math.floor(steps.length / 2)] ?? 0;
}
