import type {SeriesName} from '../../metrics/model/row.ts';
import {HELD_STEPS, type Samples} from '../../metrics/rings/resample.ts';
import {
	type HistoryPoint,
	type HistoryRange,
	type HistorySubject,
	subjectKey,
} from '../store/history-request.ts';
import {boundedRange, MAX_SUBJECTS} from '../store/query-bounds.ts';
import type {HistoryAccess} from './history-access.ts';

/** The points of one series, and how long a value stays valid until the next point. */
export type StoredSeries = {readonly samples: Samples; readonly holdMs: number};

type Entry = StoredSeries & {readonly fromMs: number; readonly toMs: number};

/** Requests that are sent as one query. */
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
	/** Called when an answer arrived. */
	readonly onChange: () => void;
};

/** Number of cached series, of a few hundred points each: a snapshot needs two of each of a thousand rows of four tables. */
const MAX_SERIES = 8000;

/** Requests of one frame are gathered for this time, then sent together. */
const GATHER_MS = 10;

/** Queries extend the window by this share on both sides, so that moving through time hits the cache. */
const MARGIN = 0.25;

/** Cached series are not refreshed for points newer than this, because writers lag behind. */
const FRESH_MS = 15_000;

const EMPTY: Samples = {length: 0, timeAt: () => Number.NaN, valueAt: () => Number.NaN};

/** Caches series. Missing ones are queried in the background, with many subjects per query. */
export class SeriesCache {
	readonly #options: SeriesCacheOptions;
	/** Least recently used first. */
	readonly #entries = new Map<string, Entry>();
	readonly #pending = new Map<string, Promise<void>>();
	#answers = 0;
	#groups = new Map<string, Group>();
	#timer: NodeJS.Timeout | undefined;

	constructor(options: SeriesCacheOptions) {
		this.#options = options;
	}

	/** The cached points, possibly not of the whole range; undefined until a first answer arrives. */
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

	/** Resolves when no query is pending; whether one was answered. */
	async settled(): Promise<boolean> {
		const before = this.#answers;
		if (this.#timer !== undefined) {
			clearTimeout(this.#timer);
			this.#askAll();
		}

		await Promise.all(this.#pending.values());
		return this.#answers > before;
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
		if (group.subjects.size < MAX_SUBJECTS) {
			group.subjects.set(subjectKey(subject), subject);
		}

		this.#timer ??= setTimeout(() => this.#askAll(), GATHER_MS);
	}

	#askAll(): void {
		this.#timer = undefined;
		const groups = [...this.#groups.values()];
		this.#groups = new Map();
		// A group that cannot be sent now is requested again by the next frame.
		for (const group of groups) {
			if (this.#options.access.isOpen()) {
				this.#ask(group);
			}
		}
	}

	#ask(group: Group): void {
		const keys = [...group.subjects.keys()].map(subject => `${group.series} ${group.stepMs} ${subject}`);
		const answered = this.#answered(group, keys);
		for (const key of keys) {
			this.#pending.set(key, answered);
		}
	}

	async #answered(
		{kind, series, stepMs, subjects, startMs, endMs}: Group,
		keys: readonly string[],
	): Promise<void> {
		const range = boundedRange({startMs, endMs, stepMs});
		const answer = await this.#options.access.ask((store, signal) =>
			store.series({kind, series, subjects: [...subjects.values()], range}, signal),
		);
		for (const key of keys) {
			this.#pending.delete(key);
		}

		if (answer === undefined) {
			return;
		}

		this.#answers++;
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
			if (this.#entries.size <= MAX_SERIES) {
				break;
			}

			this.#entries.delete(oldest);
		}
	}
}

/** Converts points, which are means of steps, to samples at the middle of their steps. */
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
 * If points are written less often than the requested step, a value is held for a few of the writer's steps. Otherwise a
 * step without a point is a gap.
 */
function holdMs(writtenEveryMs: number, stepMs: number): number {
	return writtenEveryMs > stepMs ? writtenEveryMs * HELD_STEPS : stepMs;
}

/** The median step, which an outage does not distort. */
function typicalStepMs(times: Float64Array): number {
	const steps = times.slice(1).map((timeMs, index) => timeMs - (times[index] ?? timeMs));
	return steps.sort()[Math.floor(steps.length / 2)] ?? 0;
}
