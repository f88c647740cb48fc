/** The maximum number of rounds for which a failing target is skipped. */
const MAX_SKIPPED = 7;

type Record = {failures: number; skipUntilRound: number};

/** Which targets to leave out of a round: those that keep failing, for 1, 3 and then 7 rounds. */
export class SkippedRounds {
	readonly #records = new Map<string, Record>();
	#round = 0;

	/** The next round begins. */
	begin(): void {
		this.#round++;
	}

	isDue(id: string): boolean {
		return (this.#records.get(id)?.skipUntilRound ?? 0) < this.#round;
	}

	worked(id: string): void {
		this.#records.delete(id);
	}

	failed(id: string): void {
		const record = this.#records.get(id) ?? {failures: 0, skipUntilRound: 0};
		this.#records.set(id, record);
		record.skipUntilRound = this.#round + Math.min(2 ** record.failures - 1, MAX_SKIPPED);
		record.failures++;
	}
}
