import type {Encoded} from './sample-writer.ts';

const NO_VALUES = new Float64Array(0);

/** Reads what `SampleWriter` wrote, in the same order of calls. Texts are the same strings from one reading to the next. */
export class SampleReader {
	#texts: readonly string[] = [];
	#values = NO_VALUES;
	#position = 0;

	/** Begins the next reading; all of a writer's must be given, in their order. */
	next({values, newTexts, isNewTable}: Encoded): void {
		if (isNewTable) {
			this.#texts = newTexts;
		} else if (newTexts.length > 0) {
			// An array that grows has room for half as many more.
			this.#texts = this.#texts.concat(newTexts);
		}

		this.#values = values;
		this.#position = 0;
	}

	/** Forgets the numbers of the reading, which are as large as all that is kept of it. */
	end(): void {
		this.#values = NO_VALUES;
	}

	number(): number | undefined {
		const value = this.figure();
		return Number.isNaN(value) ? undefined : value;
	}

	/** A number, NaN where it is unknown. */
	figure(): number {
		return this.#values[this.#position++] ?? Number.NaN;
	}

	text(): string | undefined {
		const place = this.number();
		return place === undefined ? undefined : this.#texts[place];
	}

	flag(): boolean {
		return this.number() === 1;
	}

	optional<T>(read: () => T): T | undefined {
		return this.flag() ? read() : undefined;
	}

	list<T>(read: () => T): readonly T[] {
		const count = this.number() ?? 0;
		// An array that grows has room for sixteen more, and lists of two are kept of each pod.
		const values = new Array<T>(count);
		for (let place = 0; place < count; place++) {
			values[place] = read();
		}

		return values;
	}
}
