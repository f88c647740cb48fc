/** People do not read figures faster than this. */
const LEAST_PAUSE_MS = 500;

/** A table of thousands of nodes takes its time to be put in order, which is better spent on reading them. */
const MOST_PAUSE_MS = 2000;

/** Batches an interval: more would only move rows to and fro, and cost the link. */
const BATCHES_AN_INTERVAL = 5;

/** At the start everything is news. */
const START_MS = 10_000;

/**
 * How long to wait between two batches: a part of the interval, and as many milliseconds as there are nodes, within
 * bounds; at the start as short as may be.
 */
export function pauseFor(nodes: number, intervalMs: number, sinceStartMs: number): number {
	const calmMs = sinceStartMs < START_MS ? 0 : intervalMs / BATCHES_AN_INTERVAL;
	return Math.min(Math.max(nodes, calmMs, LEAST_PAUSE_MS), MOST_PAUSE_MS);
}

/** What comes in together is published together, without anybody noticing the wait. */
const GATHER_MS = 40;

/** Beats on which nodes are read are this part of an interval apart (`scrape/poll-schedule.ts`). */
const BEATS_AN_INTERVAL = 20;

/** What a kubelet takes to answer. */
const ANSWER_MS = 100;
const MOST_GATHER_MS = 600;

/** How long somebody waits for what a key asked for; then it is news like any other. */
const AWAITED_MS = 1000;

/**
 * How long the first answer of a round waits for the others, so that a few nodes that are read together, or on two beats,
 * make one batch.
 */
export function gatherFor(nodes: number, intervalMs: number, sinceStartMs: number): number {
	return nodes <= 1 || sinceStartMs < START_MS
		? GATHER_MS
		: Math.min(intervalMs / BEATS_AN_INTERVAL + ANSWER_MS, MOST_GATHER_MS);
}

/** How long work before a batch may hold up keys. */
const TURN_MS = 8;

/** Publishes changes in batches: what the screen draws stands still in between, and each batch is drawn once. */
export class Publisher {
	readonly #current: () => number;
	readonly #pauseMs: () => number;
	readonly #advance: (hasTime: () => boolean) => boolean;
	readonly #listeners = new Set<() => void>();
	#version: number;
	#publishedAtMs = Number.NEGATIVE_INFINITY;
	/** When the timer ends. */
	#dueMs = Number.POSITIVE_INFINITY;
	#awaitedUntilMs = Number.NEGATIVE_INFINITY;
	#timer: NodeJS.Timeout | undefined;
	#turn: NodeJS.Immediate | undefined;

	/**
	 * `current` returns the version of the source, `pauseMs` the least time between two batches. `advance` prepares a batch
	 * as long as there is time and returns whether it is ready; it is called in turn after turn until then.
	 */
	constructor(
		current: () => number,
		pauseMs: () => number,
		advance: (hasTime: () => boolean) => boolean = () => true,
	) {
		this.#current = current;
		this.#pauseMs = pauseMs;
		this.#advance = advance;
		this.#version = current();
	}

	/** As of the last batch. */
	get version(): number {
		return this.#version;
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Somebody waits for what comes next, which then waits for nothing else. */
	expect(): void {
		this.#awaitedUntilMs = performance.now() + AWAITED_MS;
	}

	/** `gatherMs`: how long to wait for what may come in with it. */
	changed(gatherMs = GATHER_MS): void {
		const nowMs = performance.now();
		const waitMs = nowMs < this.#awaitedUntilMs ? GATHER_MS : gatherMs;
		const dueMs = Math.max(this.#publishedAtMs + this.#pauseMs(), nowMs + waitMs);
		if (this.#turn === undefined && dueMs < this.#dueMs) {
			clearTimeout(this.#timer);
			this.#dueMs = dueMs;
			this.#timer = setTimeout(this.#prepare, dueMs - nowMs);
		}
	}

	stop(): void {
		clearTimeout(this.#timer);
		clearImmediate(this.#turn);
		this.#listeners.clear();
	}

	readonly #prepare = (): void => {
		const endMs = performance.now() + TURN_MS;
		this.#dueMs = Number.POSITIVE_INFINITY;
		if (!this.#advance(() => performance.now() < endMs)) {
			this.#turn = setImmediate(this.#prepare);
			return;
		}

		const version = this.#current();
		// Listeners draw, which is long enough for a turn of its own.
		this.#turn = setImmediate(() => this.#publish(version));
	};

	#publish(version: number): void {
		this.#turn = undefined;
		this.#publishedAtMs = performance.now();
		this.#version = version;
		for (const listener of this.#listeners) {
			listener();
		}

		if (this.#current() !== version) {
			this.changed();
		}
	}
}
