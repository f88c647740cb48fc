import {KtopError} from '../metrics/model/failure.ts';
import type {NodeState} from '../metrics/model/node-state.ts';
import {backOffMs, nextDueMs, secondReadDelayMs, startDelayMs} from './poll-schedule.ts';
import type {Scrape, Target} from './target.ts';
import {visit} from './visit.ts';

export type PollerOptions = {
	readonly targets: readonly Target[];
	readonly intervalMs: number;
	readonly timeoutMs: number;
	/** How many targets may be read at once. */
	readonly concurrency: number;
	readonly onScrape: (target: Target, scrape: Scrape, state: NodeState) => void;
	readonly onFailure: (target: Target, state: NodeState) => void;
	readonly now?: () => number;
	readonly random?: () => number;
};

type Entry = {
	readonly target: Target;
	/** Ends a read that is under way when the target leaves. */
	readonly abort: AbortController;
	dueMs: number;
	isInFlight: boolean;
	successes: number;
	attempts: number;
	failedSinceMs: number;
};

/** A lateness below this share of the interval is not worth telling. */
const OVERRUN_SHARE = 0.25;

/** How long an order of those that are due is good enough. */
const SORTED_FOR_MS = 250;

/** Weight of one read in the running mean of lateness: one slow turn, or a laptop's sleep, is soon forgotten. */
const LATENESS_SMOOTHING = 0.1;

/**
 * Reads every target on a beat of its own: starts spread, jitter, a bounded number at once, those on the screen first,
 * failing ones ever more rarely. It decides when; the targets know how, and whoever listens knows what for.
 */
export class Poller {
	readonly #options: PollerOptions;
	readonly #now: () => number;
	readonly #random: () => number;
	readonly #entries = new Map<string, Entry>();
	readonly #abort = new AbortController();
	#visible: ReadonlySet<string> = new Set();
	#lookedInto: string | undefined;
	/** Those that were due when they were last sorted, the first to be read at the end. */
	#due: Entry[] = [];
	#sortedAtMs = Number.NEGATIVE_INFINITY;
	/** When the first of the others is due, or before: of one that left it is not taken back. */
	#earliestMs = Number.POSITIVE_INFINITY;
	#isStarted = false;
	#intervalMs: number;
	#inFlight = 0;
	#latenessMs = 0;
	#timer: NodeJS.Timeout | undefined;

	constructor(options: PollerOptions) {
		this.#options = options;
		this.#now = options.now ?? Date.now;
		this.#random = options.random ?? Math.random;
		this.#intervalMs = options.intervalMs;
		for (const target of options.targets) {
			this.#entries.set(target.id, newEntry(target));
		}
	}

	get intervalMs(): number {
		return this.#intervalMs;
	}

	/** By how much reads are late because a round takes longer than the interval; undefined while all are in time. */
	get overrunMs(): number | undefined {
		return this.#latenessMs > this.#intervalMs * OVERRUN_SHARE ? Math.round(this.#latenessMs) : undefined;
	}

	start(): void {
		this.#isStarted = true;
		const nowMs = this.#now();
		for (const entry of this.#entries.values()) {
			entry.dueMs = nowMs + startDelayMs(this.#entries.size, this.#random());
		}

		this.#pump();
	}

	/** Reads one more target from now on; one of the same id is replaced and closed. */
	add(target: Target): void {
		this.remove(target.id);
		if (this.#abort.signal.aborted) {
			closeQuietly(target);
			return;
		}

		const entry = newEntry(target);
		this.#entries.set(target.id, entry);
		if (target.id === this.#lookedInto) {
			target.lookInto?.(true);
		}

		if (this.#isStarted) {
			entry.dueMs = this.#now() + startDelayMs(this.#entries.size, this.#random());
			this.#sortedAtMs = Number.NEGATIVE_INFINITY;
			this.#pump();
		}
	}

	/** Reads a target no more, ends what is under way, and closes it. */
	remove(id: string): void {
		const entry = this.#entries.get(id);
		if (entry !== undefined) {
			this.#entries.delete(id);
			entry.abort.abort();
			closeQuietly(entry.target);
		}
	}

	/**
	 * Targets whose rows are on the screen go first when more are due than may be read at once, and are tried once an
	 * interval however often they failed: somebody looks whether they are back.
	 */
	setVisible(ids: readonly string[]): void {
		this.#visible = new Set(ids);
		this.#sortedAtMs = Number.NEGATIVE_INFINITY;
		const latestMs = this.#now() + this.#intervalMs;
		for (const id of ids) {
			const entry = this.#entries.get(id);
			if (entry !== undefined && entry.attempts > 0) {
				entry.dueMs = Math.min(entry.dueMs, latestMs);
			}
		}

		if (this.#isStarted) {
			this.#pump();
		}
	}

	/** The one target that somebody looks into, if any: it is read at once, and brings more than the others. */
	lookInto(id: string | undefined): void {
		if (id === this.#lookedInto) {
			return;
		}

		const entryOf = (of: string | undefined): Entry | undefined =>
			of === undefined ? undefined : this.#entries.get(of);
		entryOf(this.#lookedInto)?.target.lookInto?.(false);
		this.#lookedInto = id;
		const entry = entryOf(id);
		if (entry?.target.lookInto !== undefined) {
			entry.target.lookInto(true);
			if (this.#isStarted && entry.attempts === 0) {
				entry.dueMs = Math.min(entry.dueMs, this.#now());
				this.#sortedAtMs = Number.NEGATIVE_INFINITY;
				this.#pump();
			}
		}
	}

	/** A shorter interval takes effect at once, a longer one from the next read on. */
	setInterval(intervalMs: number): void {
		this.#intervalMs = intervalMs;
		const latestMs = this.#now() + intervalMs;
		for (const entry of this.#entries.values()) {
			if (entry.attempts === 0 && !entry.isInFlight) {
				entry.dueMs = Math.min(entry.dueMs, latestMs);
			}
		}

		this.#sortedAtMs = Number.NEGATIVE_INFINITY;
		this.#pump();
	}

	/** Ends all that is under way and closes every target. */
	async stop(): Promise<void> {
		this.#abort.abort();
		clearTimeout(this.#timer);
		const entries = [...this.#entries.values()];
		for (const {abort} of entries) {
			abort.abort();
		}

		await Promise.allSettled(entries.map(({target}) => target.close()));
	}

	#pump(): void {
		clearTimeout(this.#timer);
		if (this.#abort.signal.aborted) {
			return;
		}

		const nowMs = this.#now();
		let places = this.#options.concurrency - this.#inFlight;
		for (; places > 0; places--) {
			const entry = this.#takeDue(nowMs);
			if (entry === undefined) {
				break;
			}

			this.#latenessMs += (nowMs - entry.dueMs - this.#latenessMs) * LATENESS_SMOOTHING;
			void this.#read(entry);
		}

		// While all places are taken, whichever read ends first calls again.
		if (places > 0 && this.#earliestMs !== Number.POSITIVE_INFINITY) {
			this.#timer = setTimeout(() => this.#pump(), Math.max(this.#earliestMs - nowMs, 1));
		}
	}

	/** The next target to read: those on the screen first, then the longest overdue. */
	#takeDue(nowMs: number): Entry | undefined {
		for (;;) {
			if (this.#isToBeSorted(nowMs)) {
				this.#sortDue(nowMs);
			}

			const entry = this.#due.pop();
			if (entry === undefined || (!entry.isInFlight && !entry.abort.signal.aborted && entry.dueMs <= nowMs)) {
				return entry;
			}
		}
	}

	/** Not while nothing is due: then each read that ends would look at thousands. */
	#isToBeSorted(nowMs: number): boolean {
		return (
			this.#sortedAtMs === Number.NEGATIVE_INFINITY ||
			(this.#due.length === 0 ? nowMs >= this.#earliestMs : nowMs - this.#sortedAtMs > SORTED_FOR_MS)
		);
	}

	/** Thousands may be due at once, and one place is free: they are put in order now and then, not each time. */
	#sortDue(nowMs: number): void {
		this.#sortedAtMs = nowMs;
		this.#earliestMs = Number.POSITIVE_INFINITY;
		const due: Entry[] = [];
		const shown: Entry[] = [];
		for (const entry of this.#entries.values()) {
			if (entry.isInFlight) {
				continue;
			}

			if (entry.dueMs > nowMs) {
				this.#earliestMs = Math.min(this.#earliestMs, entry.dueMs);
			} else {
				(this.#visible.has(entry.target.id) ? shown : due).push(entry);
			}
		}

		const byDue = (a: Entry, b: Entry): number => a.dueMs - b.dueMs;
		this.#due = [...shown.sort(byDue), ...due.sort(byDue)].reverse();
	}

	async #read(entry: Entry): Promise<void> {
		const {target} = entry;
		entry.isInFlight = true;
		this.#inFlight++;
		try {
			const scrape = await visit(target, this.#options.timeoutMs, entry.abort.signal);
			if (!entry.abort.signal.aborted) {
				this.#succeed(entry, scrape);
			}
		} catch (error) {
			if (!entry.abort.signal.aborted && error instanceof KtopError) {
				this.#fail(entry, error);
			}
		} finally {
			entry.isInFlight = false;
			this.#inFlight--;
			this.#earliestMs = Math.min(this.#earliestMs, entry.dueMs);
			this.#pump();
		}
	}

	#succeed(entry: Entry, scrape: Scrape): void {
		const nowMs = this.#now();
		entry.successes++;
		entry.attempts = 0;
		entry.dueMs =
			entry.successes === 1
				? nowMs + secondReadDelayMs(this.#intervalMs, entry.target.naturalIntervalMs)
				: nextDueMs(entry.dueMs, this.#intervalMs, nowMs, this.#random());
		this.#options.onScrape(entry.target, scrape, {
			kind: 'live',
			route: scrape.route,
			latencyMs: scrape.latencyMs,
			degraded: scrape.degraded,
		});
	}

	#fail(entry: Entry, error: KtopError): void {
		const nowMs = this.#now();
		entry.attempts++;
		entry.failedSinceMs = entry.attempts === 1 ? nowMs : entry.failedSinceMs;
		const attempts = this.#visible.has(entry.target.id) ? 1 : entry.attempts;
		entry.dueMs = nowMs + backOffMs(attempts, this.#intervalMs, this.#random());
		this.#options.onFailure(entry.target, {
			kind: 'failed',
			failure: error.toFailure(),
			sinceMs: entry.failedSinceMs,
			attempts: entry.attempts,
			retryAtMs: entry.dueMs,
		});
	}
}

/** Nobody waits for it, and nothing could be done about its failing. */
function closeQuietly(target: Target): void {
	void target.close().catch(() => {});
}

function newEntry(target: Target): Entry {
	return {
		target,
		abort: new AbortController(),
		dueMs: Number.POSITIVE_INFINITY,
		isInFlight: false,
		successes: 0,
		attempts: 0,
		failedSinceMs: 0,
	};
}
