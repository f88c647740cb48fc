import type {Failure} from '../../metrics/model/failure.ts';

/** How many visits a lesser route is kept for before the best one is tried again. */
const VISITS_BEFORE_RETRY = 30;

/** The same where the best route has just begun to hang, which may pass as soon as it came. */
const VISITS_BEFORE_FIRST_RETRY = 3;

/** One visit without an answer may be a busy moment of the node; two in a row are not. */
const HANGS_BEFORE_NEXT = 2;

/** Which of a node's routes, best first, the next visit begins with, and why it is not the best. */
export class RouteMemory {
	readonly #count: number;
	readonly #hangsBeforeNext: number;
	#first = 0;
	#visitsLeft = 0;
	#hangs = 0;
	#isBestHanging = false;
	#degraded: Failure | undefined;

	/** `count`: how many routes there are; `hangsBeforeNext`: after how many hangs in a row the next is begun with. */
	constructor(count: number, hangsBeforeNext: number = HANGS_BEFORE_NEXT) {
		this.#count = count;
		this.#hangsBeforeNext = hangsBeforeNext;
	}

	/** Called once a visit: the index of the route to begin with. */
	begin(): number {
		if (this.#first > 0 && this.#visitsLeft-- <= 0) {
			this.#restart();
		}

		return this.#first;
	}

	/** The route answered, after `failure` of the better ones in this visit. Gives why the best is not used, if so. */
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

	/** The route took the request and used up the whole visit without an answer: later visits begin with the next. */
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

	/** No route answered: the next visit tries them all, for the one that worked may be the one that broke. */
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
