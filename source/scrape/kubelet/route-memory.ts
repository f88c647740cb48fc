import type {Failure} from '../../metrics/model/failure.ts';

/** The number of scrapes with a worse route before the best one is tried again. */
const VISITS_BEFORE_RETRY = 30;

/** The same after the first hang of the best route, which may be temporary. */
const VISITS_BEFORE_FIRST_RETRY = 3;

/** One scrape without an answer may be a busy moment of the node; two in a row are not. */
const HANGS_BEFORE_NEXT = 2;

/** Remembers with which of a node's routes (best first) the next scrape starts, and why it is not the best. */
export class RouteMemory {
	readonly #count: number;
	readonly #hangsBeforeNext: number;
	#first = 0;
	#visitsLeft = 0;
	#hangs = 0;
	#isBestHanging = false;
	#degraded: Failure | undefined;

	/** `count`: the number of routes; `hangsBeforeNext`: the number of hangs in a row before starting with the next. */
	constructor(count: number, hangsBeforeNext: number = HANGS_BEFORE_NEXT) {
		this.#count = count;
		this.#hangsBeforeNext = hangsBeforeNext;
	}

	/** Returns the index of the first route to try. Must be called once per scrape. */
	begin(): number {
		if (this.#first > 0 && this.#visitsLeft-- <= 0) {
			this.#restart();
		}

		return this.#first;
	}

	/**
	 * Records a success, with the `failure` of better routes in this scrape. Returns why the best is not used, if so.
	 */
	worked(index: number, failure: Failure | undefined): Failure | undefined {
		this.#hangs = 0;
		if (index === 0) {
			this.#isBestHanging = false;
			this.#restart();
		} else if (index !== this.#first) {
			this.#first = index;
			this.#visitsLeft = VISITS_BEFORE_RETRY;
			this.#degraded ??= failure;
		}

		return this.#degraded;
	}

	/** Records that a route used up the time of a scrape without an answer; later scrapes start with the next. */
	hung(index: number, failure: Failure): void {
		this.#hangs++;
		if (this.#hangs < this.#hangsBeforeNext && !(index === 0 && this.#isBestHanging)) {
			return;
		}

		if (index + 1 >= this.#count) {
			this.allFailed();
			return;
		}

		this.#first = index + 1;
		this.#visitsLeft = this.#isBestHanging ? VISITS_BEFORE_RETRY : VISITS_BEFORE_FIRST_RETRY;
		this.#isBestHanging ||= index === 0;
		this.#degraded ??= failure;
	}

	/** Records that no route worked; the next scrape tries all of them. */
	allFailed(): void {
		this.#hangs = 0;
		this.#isBestHanging = false;
		this.#restart();
	}

	#restart(): void {
		this.#first = 0;
		this.#degraded = undefined;
	}
}
