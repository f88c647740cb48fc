import type {AtTerminal} from '../cluster/connection/credentials/exec-credentials.ts';

/** Knows whether a login plugin that may use the terminal runs: no screen may be drawn on it meanwhile. */
export class TerminalUse {
	readonly #running = new Set<Promise<unknown>>();

	readonly atTerminal: AtTerminal = async run => {
		const running = run();
		this.#running.add(running);
		try {
			return await running;
		} finally {
			this.#running.delete(running);
		}
	};

	/** Resolves when none runs. */
	async whenFree(): Promise<void> {
		while (this.#running.size > 0) {
			await Promise.allSettled(this.#running);
		}
	}
}
