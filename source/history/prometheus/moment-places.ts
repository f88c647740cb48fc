import {
	type HistorySubject,
	type MomentEntry,
	type MomentRequest,
	type PastValue,
	subjectKey,
} from '../store/history-request.ts';
import type {LabelNames} from './label-names.ts';
import type {LabelSet} from './query-result.ts';
import {subjectOfLabels} from './subject-of-labels.ts';

/** What a store has of a subject on one node, while answers are merged. */
export type Place = {
	readonly subject: HistorySubject;
	readonly node: string | undefined;
	timeMs: number | undefined;
	readonly values: Partial<Record<PastValue, number>>;
};

/** Gathers the values of subjects at one moment. A pod that moved has series on each of its nodes. */
export class MomentPlaces {
	readonly #kind: MomentRequest['kind'];
	readonly #labels: LabelNames;
	readonly #bySubject = new Map<string, Map<string, Place>>();

	constructor(kind: MomentRequest['kind'], labels: LabelNames) {
		this.#kind = kind;
		this.#labels = labels;
	}

	/** Undefined if the labels name no subject of the kind. */
	of(labels: LabelSet): Place | undefined {
		const subject = subjectOfLabels(this.#kind, labels, this.#labels);
		if (subject === undefined) {
			return undefined;
		}

		const key = subjectKey(subject);
		const node = labels[this.#labels.node];
		const places = this.#bySubject.get(key) ?? new Map<string, Place>();
		const place = places.get(node ?? '') ?? {subject, node, timeMs: undefined, values: {}};
		this.#bySubject.set(key, places.set(node ?? '', place));
		return place;
	}

	/** The newest place of each subject, of those within the look-back. What has no time is of the moment. */
	entries(atMs: number, lookBackMs: number): readonly MomentEntry[] {
		return [...this.#bySubject.values()].flatMap(places => entryOf([...places.values()], atMs, lookBackMs));
	}
}

function entryOf(places: readonly Place[], atMs: number, lookBackMs: number): readonly MomentEntry[] {
	const newest = places.reduce<Place | undefined>(
		(best, one) => ((one.timeMs ?? 0) > (best?.timeMs ?? -1) ? one : best),
		undefined,
	);
	if (newest === undefined || Object.keys(newest.values).length === 0) {
		return [];
	}

	const {subject, node, timeMs = atMs, values} = newest;
	// Stores without `lookback_delta` look back 5 min.
	return atMs - timeMs > lookBackMs ? [] : [{subject, node, timeMs, values}];
}
