import type {Tracked} from '../rates/tracked.ts';
import type {ClusterJoin} from './cluster-join.ts';
import type {ClusterJoins} from './cluster-joins.ts';
import {isOfAny, NONE_HIDDEN} from './live-rows.ts';
import type {NodeRecord} from './node-record.ts';

/** How many pods and containers a node had at a moment, hidden ones too. */
export type ExistingCounts = {readonly pods: number; readonly containers: number};

/** What was on a node at a moment, in the order of its record. */
export type Existing = {
	/** Without those that are hidden. */
	readonly pods: ReadonlyArray<Tracked<'pod'>>;
	readonly containers: ReadonlyArray<Tracked<'container'>>;
	readonly counts: ExistingCounts;
	/** Whether these are those of now. */
	readonly isOfNow: boolean;
};

type Known = {
	readonly existing: Existing;
	readonly membership: number;
	readonly hidden: ReadonlySet<Tracked<'pod'>>;
	readonly isSelective: boolean;
	readonly between: Unchanged;
};

/** What was on a node at past moments. It is found out once for all moments between which nothing came or went. */
export class ExistingObjects {
	readonly #record: NodeRecord;
	readonly #join: ClusterJoin | undefined;
	#known: Known | undefined;

	constructor(record: NodeRecord, joins: ClusterJoins) {
		this.#record = record;
		this.#join = joins.of(record);
	}

	/** Those of a moment, if they are known. */
	knownAt(atMs: number): Existing | undefined {
		const known = this.#known;
		return known?.membership === this.#record.membership &&
			known.hidden === this.#hidden &&
			known.isSelective === this.#isSelective &&
			known.between.includes(atMs)
			? known.existing
			: undefined;
	}

	/** Those of a moment: the same object until they are others. */
	at(atMs: number): Existing {
		const before = this.knownAt(atMs);
		if (before !== undefined) {
			return before;
		}

		const [hidden, isSelective, {membership}] = [this.#hidden, this.#isSelective, this.#record];
		const between = new Unchanged(atMs);
		const existing = existingAt(this.#record, between, hidden, isSelective);
		this.#known = {existing, membership, hidden, isSelective, between};
		return existing;
	}

	get #hidden(): ReadonlySet<Tracked<'pod'>> {
		return this.#join?.hiddenPods(this.#record) ?? NONE_HIDDEN;
	}

	get #isSelective(): boolean {
		return this.#join?.isSelective === true;
	}
}

function existingAt(
	record: NodeRecord,
	between: Unchanged,
	hidden: ReadonlySet<Tracked<'pod'>>,
	isSelective: boolean,
): Existing {
	const pods: Array<Tracked<'pod'>> = [];
	const containers: Array<Tracked<'container'>> = [];
	const counts = {pods: 0, containers: 0};
	const isOfNow = between.isSince(record.memberSinceMs);
	for (const pod of record.pods.values()) {
		if (isOfNow ? !pod.isGone : between.hasExisted(pod)) {
			counts.pods++;
			if (hidden.size === 0 || !hidden.has(pod)) {
				pods.push(pod);
			}
		}
	}

	for (const container of record.containers.values()) {
		if (isOfNow ? !container.isGone : between.hasExisted(container)) {
			const {row} = container;
			counts.containers += Number(row.containerKind === 'container');
			const isHidden =
				(hidden.size > 0 && isOfAny(hidden, record, row)) || (isSelective && row.pod === undefined);
			if (!isHidden) {
				containers.push(container);
			}
		}
	}

	return {pods, containers, counts, isOfNow};
}

/** The moments around one between which none of some objects came or went. */
class Unchanged {
	readonly #atMs: number;
	/** From the one on and after the other; before the one and up to the other. */
	#fromMs = Number.NEGATIVE_INFINITY;
	#afterMs = Number.NEGATIVE_INFINITY;
	#beforeMs = Number.POSITIVE_INFINITY;
	#untilMs = Number.POSITIVE_INFINITY;

	constructor(atMs: number) {
		this.#atMs = atMs;
	}

	/** Whether the moment is not before a time since which nothing came or went. */
	isSince(sinceMs: number): boolean {
		if (this.#atMs < sinceMs) {
			return false;
		}

		this.#fromMs = sinceMs;
		return true;
	}

	/** Whether an object was there: first seen before the moment, and not gone by then. */
	hasExisted(object: Pick<Tracked<'pod'>, 'firstSeenMs' | 'lastSeenMs' | 'isGone'>): boolean {
		const {firstSeenMs, isGone} = object;
		if (firstSeenMs > this.#atMs) {
			this.#beforeMs = Math.min(this.#beforeMs, firstSeenMs);
			return false;
		}

		this.#fromMs = Math.max(this.#fromMs, firstSeenMs);
		if (!isGone) {
			return true;
		}

		const {lastSeenMs} = object;
		if (lastSeenMs < this.#atMs) {
			this.#afterMs = Math.max(this.#afterMs, lastSeenMs);
			return false;
		}

		this.#untilMs = Math.min(this.#untilMs, lastSeenMs);
		return true;
	}

	includes(atMs: number): boolean {
		return atMs >= this.#fromMs && atMs > this.#afterMs && atMs < this.#beforeMs && atMs <= this.#untilMs;
	}
}
