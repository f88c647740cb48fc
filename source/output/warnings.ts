import {printable} from '../metrics/model/printable.ts';

/** Lines for stderr that begin with the program's name. Text from servers is made printable. */
export class Warnings {
	readonly #printed = new Set<string>();

	say(line: string): void {
		process.stderr.write(`ktop: ${printable(line)}\n`);
	}

	/** Prints a line unless it was printed before. */
	once(line: string): void {
		if (!this.#printed.has(line)) {
			this.#printed.add(line);
			this.say(line);
		}
	}

	/** Lets each line be printed again. */
	clear(): void {
		this.#printed.clear();
	}
}
