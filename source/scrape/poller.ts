import {KtopError} from '../metrics/model/failure.ts';
import {fullReadEvery, LATE_SHARE, type LoadShedding, NO_SHEDDING, shedLoad} from './load-shedding.ts';
import {liveState, type ScrapeListener} from './outcome.ts';
import {backOffMs, nextDueMs, secondReadDelayMs, startDelayMs} from './poll-schedule.ts';
import type {Scrape, Target} from './target.ts';
import {visit} from './visit.ts';

export type PollerOptions = ScrapeListener & {
	readonly intervalMs: number;
	readonly timeoutMs: number;
	/** The maximum number of concurrent scrapes. */
	readonly concurrency: number;
	/** The wall clock, for the times in states. The schedule uses a monotonic clock, which nobody sets back. */
	readonly now?: () => number;
	readonly random?: () => number;
};

type Entry = {
	readonly target: Target;
	isRemoved: boolean;
	/** Aborts the scrape that is pending, if any. */
	pending: AbortController | undefined;
	/** `dueMs` and `failedSinceMs` are on the monotonic clock. */
	dueMs: number;
	successes: number;
	attempts: number;
	failedSinceMs: number;
	/** The due time that it would have if its row was not on the screen, where that is later. */
	otherwiseDueMs: number | undefined;
	/** Counts its reads while CPU and memory are enough. Each begins at another number, so that full reads are spread. */
	turn: number;
	/** How many full reads it has had since the last failure. */
	fullReads: number;
	/** The last read was of CPU and memory alone. */
	isRestHeld: boolean;
};

/** What nodes off the screen have while a round of full reads would take longer than the interval. */
export type ShedLoad = {
	/** How many nodes there were, and how long full reads of all took. */
	readonly nodes: number;
	readonly roundMs: number;
	readonly cpuAndMemoryEveryMs: number;
	/** How often network, file systems and volumes are read. */
	readonly restEveryMs: number;
};

/** Without two full reads an object has no rates. */
const FULL_READS_FIRST = 2;

/** More rows are no table but a map, of which each has a single figure. */
const MOST_ROWS = 200;

/** Rows that are passed over on the way to others are on the screen for less. */
const SETTLED_MS = 300;

/** What a reading leaves out is not shown any more after so many times the time between two full reads. */
const HOLDS_ROUNDS = 2;

/** How long the sorted queue of due targets is used. */
const SORTED_FOR_MS = 250;

/** The weight of one scrape in the moving average of lateness. */
const LATENESS_SMOOTHING = 0.1;

/**
 * Schedules the scrapes of all targets: spread start, jitter, limited concurrency, visible nodes first and exponential
 * back-off for failing ones. Reports results through the callbacks.
 */
export class Poller {
	readonly #options: PollerOptions;
	readonly #now: () => number;
	readonly #random: () => number;
	readonly #entries = new Map<string, Entry>();
	#visible: ReadonlySet<string> = new Set();
	#viewed: string | undefined;
	#processes: string | 'all' | undefined;
	/** The due targets at the time of the last sort, in reverse order. */
	#due: Entry[] = [];
	#sortedAtMs = Number.NEGATIVE_INFINITY;
	/** A lower bound of the next due time of all other targets; not raised when a target is removed. */
	#earliestMs = Number.POSITIVE_INFINITY;
	#isStarted = false;
	#isStopped = false;
	#intervalMs: number;
	#inFlight = 0;
	#latenessMs = 0;
	#shedding: LoadShedding = NO_SHEDDING;
	#reads = 0;
	/** Since the last look at the rounds. */
	#sinceLook = {ms: Number.NEGATIVE_INFINITY, reads: 0, latenessMs: 0};
	#added = 0;
	#timer: NodeJS.Timeout | undefined;

	constructor(options: PollerOptions) {
		this.#options = options;
		this.#now = options.now ?? Date.now;
		this.#random = options.random ?? Math.random;
		this.#intervalMs = options.intervalMs;
	}

	get intervalMs(): number {
		return this.#intervalMs;
	}

	/** The mean lateness of scrapes if a round takes longer than the interval; undefined if they are on time. */
	get overrunMs(): number | undefined {
		return this.#latenessMs > this.#intervalMs * LATE_SHARE ? Math.round(this.#latenessMs) : undefined;
	}

	/** Undefined while all nodes are read in full. */
	get shedLoad(): ShedLoad | undefined {
		const {late} = this.#shedding;
		if (late === undefined) {
			return undefined;
		}

		// In steps, since lateness changes with each read.
		const stepMs = this.#intervalMs / 2;
		const cpuAndMemoryEveryMs = Math.ceil(this.#actualIntervalMs / stepMs) * stepMs;
		return {...late, cpuAndMemoryEveryMs, restEveryMs: fullReadEvery(this.#intervalMs) * cpuAndMemoryEveryMs};
	}

	get #actualIntervalMs(): number {
		return this.#intervalMs + (this.overrunMs ?? 0);
	}

	start(): void {
		this.#isStarted = true;
		const nowMs = performance.now();
		for (const entry of this.#entries.values()) {
			entry.dueMs = nowMs + startDelayMs(this.#entries.size, this.#random());
		}

		this.#pump();
	}

	/** Adds a target; replaces a target with the same id. */
	add(target: Target): void {
		this.remove(target.id);
		const entry = newEntry(target, this.#added++);
		this.#entries.set(target.id, entry);
		if (this.#isStarted) {
			entry.dueMs = performance.now() + startDelayMs(this.#entries.size, this.#random());
			this.#sortedAtMs = Number.NEGATIVE_INFINITY;
			this.#pump();
		}
	}

	/** Removes a target and aborts its pending scrape. */
	remove(id: string): void {
		const entry = this.#entries.get(id);
		if (entry !== undefined) {
			this.#entries.delete(id);
			entry.isRemoved = true;
			entry.pending?.abort();
		}
	}

	/**
	 * Sets the targets whose rows are visible. They are scraped first, and once per interval even while failing, to
	 * show soon when they are back; and soon where the last read was of CPU and memory alone.
	 */
	setVisible(ids: readonly string[]): void {
		const before = this.#visible;
		this.#visible = new Set(ids);
		this.#sortedAtMs = Number.NEGATIVE_INFINITY;
		const nowMs = performance.now();
		const latestMs = nowMs + this.#intervalMs;
		for (const id of before) {
			const entry = this.#visible.has(id) ? undefined : this.#entries.get(id);
			if (entry?.otherwiseDueMs !== undefined) {
				entry.dueMs = entry.otherwiseDueMs;
				entry.otherwiseDueMs = undefined;
			}
		}

		for (const id of ids) {
			const entry = this.#entries.get(id);
			if (entry !== undefined && entry.attempts > 0) {
				entry.dueMs = Math.min(entry.dueMs, latestMs);
			} else if (entry?.isRestHeld === true && this.#isRowShown(id) && entry.dueMs > nowMs + SETTLED_MS) {
				entry.otherwiseDueMs = entry.dueMs;
				entry.dueMs = nowMs + SETTLED_MS;
			}
		}

		if (this.#isStarted) {
			this.#pump();
		}
	}

	/** Sets the target that the user views, if any. If a scrape then reads more of it, it is scraped at once: returns whether it is. */
	setViewed(id: string | undefined): boolean {
		if (id === this.#viewed) {
			return false;
		}

		this.#viewed = id;
		const entry = id === undefined ? undefined : this.#entries.get(id);
		if (entry?.target.readsMoreWhenViewed && this.#isStarted && entry.attempts === 0) {
			entry.dueMs = Math.min(entry.dueMs, performance.now());
			this.#sortedAtMs = Number.NEGATIVE_INFINITY;
			this.#pump();
			return true;
		}

		return false;
	}

	/** Sets the targets whose processes are shown: one, all or none. They are scraped at once: returns whether any is. */
	setProcesses(shown: string | 'all' | undefined): boolean {
		if (shown === this.#processes) {
			return false;
		}

		this.#processes = shown;
		const nowMs = performance.now();
		let isAnyDue = false;
		for (const entry of this.#entries.values()) {
			if (entry.target.listsProcesses === true && this.#listsProcessesOf(entry.target.id)) {
				entry.dueMs = Math.min(entry.dueMs, nowMs);
				isAnyDue = true;
			}
		}

		if (this.#isStarted) {
			this.#sortedAtMs = Number.NEGATIVE_INFINITY;
			this.#pump();
		}

		return isAnyDue;
	}

	#isRowShown(id: string): boolean {
		return this.#visible.size <= MOST_ROWS && this.#visible.has(id);
	}

	/** Whether the user can see more of it than CPU and memory. */
	#isSeen(id: string): boolean {
		return this.#isRowShown(id) || this.#viewed === id || this.#listsProcessesOf(id);
	}

	/** See `ScrapeContext`: set where CPU and memory are enough. */
	#restHoldsMs(entry: Entry): number | undefined {
		const {target} = entry;
		return this.#shedding.late !== undefined &&
			target.readsLess === true &&
			entry.fullReads >= FULL_READS_FIRST &&
			!this.#isSeen(target.id) &&
			entry.turn++ % fullReadEvery(this.#intervalMs) !== 0
			? HOLDS_ROUNDS * fullReadEvery(this.#intervalMs) * this.#actualIntervalMs
			: undefined;
	}

	/** Looks at the rounds twice in each, while there is anything to be shed. */
	#look(nowMs: number): void {
		const {ms, reads, latenessMs} = this.#sinceLook;
		if (reads === 0 || nowMs - ms < this.#intervalMs / 2) {
			return;
		}

		this.#sinceLook = {ms: nowMs, reads: 0, latenessMs: 0};
		const isAnyUnseen = [...this.#entries.values()].some(
			({target: {readsLess, id}}) => readsLess === true && !this.#isSeen(id),
		);
		this.#shedding = isAnyUnseen
			? shedLoad(this.#shedding, {
					nowMs,
					nodes: this.#entries.size,
					intervalMs: this.#intervalMs,
					latenessMs: latenessMs / reads,
					reads: this.#reads,
				})
			: NO_SHEDDING;
	}

	#listsProcessesOf(id: string): boolean {
		return this.#processes === 'all' || this.#processes === id;
	}

	/** A shorter interval applies at once, a longer one after the next scrape. */
	setInterval(intervalMs: number): void {
		this.#intervalMs = intervalMs;
		const latestMs = performance.now() + intervalMs;
		for (const entry of this.#entries.values()) {
			if (entry.attempts === 0 && entry.pending === undefined) {
				entry.dueMs = Math.min(entry.dueMs, latestMs);
			}
		}

		this.#sortedAtMs = Number.NEGATIVE_INFINITY;
		this.#pump();
	}

	/** Aborts all pending scrapes and starts no other. Targets are left open. */
	stop(): void {
		this.#isStopped = true;
		clearTimeout(this.#timer);
		for (const {pending} of this.#entries.values()) {
			pending?.abort();
		}
	}

	#pump(): void {
		clearTimeout(this.#timer);
		if (this.#isStopped) {
			return;
		}

		const nowMs = performance.now();
		let slots = this.#options.concurrency - this.#inFlight;
		for (; slots > 0; slots--) {
			const entry = this.#takeDue(nowMs);
			if (entry === undefined) {
				break;
			}

			const latenessMs = nowMs - entry.dueMs;
			this.#latenessMs += (latenessMs - this.#latenessMs) * LATENESS_SMOOTHING;
			this.#sinceLook.latenessMs += latenessMs;
			this.#sinceLook.reads++;
			this.#reads++;
			void this.#read(entry);
		}

		this.#look(nowMs);

		// If all slots are taken, the end of the next scrape calls `#pump` again.
		if (slots > 0 && this.#earliestMs !== Number.POSITIVE_INFINITY) {
			this.#timer = setTimeout(() => this.#pump(), Math.max(this.#earliestMs - nowMs, 1));
		}
	}

	/** Takes the next due target: visible ones first, then by due time. */
	#takeDue(nowMs: number): Entry | undefined {
		for (;;) {
			if (this.#isToBeSorted(nowMs)) {
				this.#sortDue(nowMs);
			}

			const entry = this.#due.pop();
			if (entry === undefined || (entry.pending === undefined && !entry.isRemoved && entry.dueMs <= nowMs)) {
				return entry;
			}
		}
	}

	/** False while nothing is due, or the end of each scrape would scan thousands of targets. */
	#isToBeSorted(nowMs: number): boolean {
		return (
			this.#sortedAtMs === Number.NEGATIVE_INFINITY ||
			(this.#due.length === 0 ? nowMs >= this.#earliestMs : nowMs - this.#sortedAtMs > SORTED_FOR_MS)
		);
	}

	/** Sorts the due targets. Not done for each free slot, because thousands may be due. */
	#sortDue(nowMs: number): void {
		this.#sortedAtMs = nowMs;
		this.#earliestMs = Number.POSITIVE_INFINITY;
		const due: Entry[] = [];
		const shown: Entry[] = [];
		for (const entry of this.#entries.values()) {
			if (entry.pending !== undefined) {
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
		const restHoldsMs = this.#restHoldsMs(entry);
		// One of its own: a controller takes 800 bytes, which thousands of nodes need only while they are read.
		const pending = new AbortController();
		entry.pending = pending;
		entry.otherwiseDueMs = undefined;
		this.#inFlight++;
		try {
			const scrape = await visit(target, {
				timeoutMs: this.#options.timeoutMs,
				signal: pending.signal,
				isViewed: () => this.#viewed === target.id,
				restHoldsMs,
				processes: () => (this.#listsProcessesOf(target.id) ? 'arguments' : undefined),
			});
			if (!pending.signal.aborted) {
				this.#succeed(entry, scrape);
			}
		} catch (error) {
			if (!pending.signal.aborted && error instanceof KtopError) {
				this.#fail(entry, error);
			}
		} finally {
			entry.pending = undefined;
			this.#inFlight--;
			this.#earliestMs = Math.min(this.#earliestMs, entry.dueMs);
			this.#pump();
		}
	}

	#succeed(entry: Entry, scrape: Scrape): void {
		const nowMs = performance.now();
		entry.successes++;
		entry.attempts = 0;
		entry.isRestHeld = scrape.readings.at(-1)?.restHoldsMs !== undefined;
		entry.fullReads += Number(!entry.isRestHeld);
		entry.dueMs =
			entry.successes === 1
				? nowMs + secondReadDelayMs(this.#intervalMs, entry.target.naturalIntervalMs)
				: nextDueMs(
						entry.dueMs,
						nowMs,
						{intervalMs: this.#intervalMs, targetCount: this.#entries.size},
						this.#random(),
					);
		if (entry.isRestHeld && this.#isSeen(entry.target.id)) {
			// It came into view meanwhile.
			entry.dueMs = nowMs;
		}

		this.#options.onScrape(entry.target, scrape, liveState(scrape));
	}

	#fail(entry: Entry, error: KtopError): void {
		const nowMs = performance.now();
		entry.attempts++;
		entry.fullReads = 0;
		entry.failedSinceMs = entry.attempts === 1 ? nowMs : entry.failedSinceMs;
		const attempts = this.#visible.has(entry.target.id) ? 1 : entry.attempts;
		entry.dueMs = nowMs + backOffMs(attempts, this.#intervalMs, this.#random());
		const wallMs = (monotonicMs: number): number => Math.round(this.#now() + monotonicMs - nowMs);
		this.#options.onFailure(entry.target, {
			kind: 'failed',
			failure: error.toFailure(),
			sinceMs: wallMs(entry.failedSinceMs),
			attempts: entry.attempts,
			retryAtMs: wallMs(entry.dueMs),
		});
	}
}

function newEntry(target: Target, turn: number): Entry {
	return {
		target,
		isRemoved: false,
		pending: undefined,
		dueMs: Number.POSITIVE_INFINITY,
		successes: 0,
		attempts: 0,
		failedSinceMs: 0,
		otherwiseDueMs: undefined,
		turn,
		fullReads: 0,
		isRestHeld: false,
	};
}
