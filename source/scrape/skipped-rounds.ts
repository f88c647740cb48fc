/** The maximum number of rounds for which a failing target is skipped. */
const MAX_SKIPPED = 7;

type Record = {failures: number; skipUntilRound: number};

/**
 * Which targets to leave out of a round: those that keep failing, for 1, 3 and then 7 rounds. A node that is replaced or
 * has another address is another target, which begins anew.
 */
export class SkippedRounds {
	readonly #records = new WeakMap<object, Record>();
	#round = 0;

	/** The next round begins. */
	begin(): void {
		this.#round++;
	}

	isDue(target: object): boolean {
		return (this.#records.get(target)?.skipUntilRound ?? 0) < this.#round;
	}

	worked(target: object): void {
		this.#records.delete(target);
	}

	failed(target: object): void {
		const record = this.#records.get(target) ?? {failures: 0, skipUntilRound: 0};
		this.#records.set(target, record);
		record.skipUntilRound = this.#round + Math.min(2 ** record.failures - 1, MAX_SKIPPED);
		record.failures++;
	}
}
