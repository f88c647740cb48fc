/** What a thread hands over of one reading: numbers to be transferred, and only those texts that are new. */
export type Encoded = {
	/** Numbers, and places of texts in the kubelet's table; NaN where a value is unknown. */
	readonly values: Float64Array<ArrayBuffer>;
	/** Texts that go to the end of the table. */
	readonly newTexts: readonly string[];
	/** Whether `newTexts` replace the table instead of adding to it. */
	readonly isNewTable: boolean;
};

const FIRST_CAPACITY = 4096;

/** What is allocated is a multiple of this, so that readings of other lengths can have it later. */
const NUMBERS_AT_ONCE = 1024;

/** As many as are read at the same time. */
const MOST_SPENT = 32;

/** How far a table may grow beyond twice what the last reading used of it: pods come and go. */
const SPARE_TEXTS = 64;

/** The numbers of the reading that is being written. Writers in turn share them: there are hundreds of kubelets a thread. */
export class NumberBuffer {
	#values = new Float64Array(FIRST_CAPACITY);
	readonly #spent: ArrayBuffer[] = [];

	put(place: number, value: number): void {
		if (place >= this.#values.length) {
			const larger = new Float64Array(place * 2);
			larger.set(this.#values);
			this.#values = larger;
		}

		this.#values[place] = value;
	}

	/** A copy of the first `count` numbers, in memory that was given back if there is enough. */
	copy(count: number): Float64Array<ArrayBuffer> {
		const spent = this.#spent.pop();
		const isEnough = spent !== undefined && spent.byteLength >= count * Float64Array.BYTES_PER_ELEMENT;
		const numbers = Math.ceil(count / NUMBERS_AT_ONCE) * NUMBERS_AT_ONCE;
		const buffer = isEnough ? spent : new ArrayBuffer(numbers * Float64Array.BYTES_PER_ELEMENT);
		const copy = new Float64Array(buffer, 0, count);
		copy.set(this.#values.subarray(0, count));
		return copy;
	}

	/** Memory of a copy that was read. A hundred of them a second would wait for the garbage collector. */
	giveBack(spent: ArrayBuffer): void {
		if (this.#spent.length < MOST_SPENT) {
			this.#spent.push(spent);
		}
	}
}

/**
 * Writes readings of one kubelet, one after the other. Texts are numbered by a table that the reader keeps too. A reading
 * mostly has the texts of the one before in the same order, so that each is found where the last reading had it.
 */
export class SampleWriter {
	readonly #values: NumberBuffer;
	#count = 0;
	/** The table: texts by their numbers. */
	#texts: string[] = [];
	/** The numbers of texts in their order: those of this reading, as far as it is written, and then those of the last one. */
	#order: number[] = [];
	#written = 0;
	/** The numbers of all texts, while a reading is written that has them in another order. */
	#numbers: Map<string, number> | undefined;
	#newTexts: string[] = [];
	#isNewTable = true;

	/** `values` may be shared with writers whose readings are not written meanwhile. */
	constructor(values = new NumberBuffer()) {
		this.#values = values;
	}

	number(value: number | undefined): void {
		this.#values.put(this.#count++, value ?? Number.NaN);
	}

	text(value: string | undefined): void {
		this.number(value === undefined ? undefined : this.#numberOf(value));
	}

	flag(value: boolean): void {
		this.number(value ? 1 : 0);
	}

	/** A value that may be missing as a whole. */
	optional<T>(value: T | undefined, write: (value: T) => void): void {
		this.flag(value !== undefined);
		if (value !== undefined) {
			write(value);
		}
	}

	list<T>(values: readonly T[], write: (value: T) => void): void {
		this.number(values.length);
		for (const value of values) {
			write(value);
		}
	}

	/** The numbers written since the last call. */
	take(): Encoded {
		const encoded = {
			values: this.#values.copy(this.#count),
			newTexts: this.#newTexts,
			isNewTable: this.#isNewTable,
		};
		this.#isNewTable = this.#newTexts.length > 0 && this.#hasManySpare();
		if (this.#isNewTable) {
			this.#texts = [];
			this.#order = [];
		} else if (this.#newTexts.length > 0 || this.#written !== this.#order.length) {
			// Arrays that grew have room for half as many more.
			this.#texts = this.#texts.slice();
			this.#order = this.#order.slice(0, this.#written);
		}

		this.#newTexts = [];
		this.#numbers = undefined;
		this.#count = 0;
		this.#written = 0;
		return encoded;
	}

	#hasManySpare(): boolean {
		return this.#texts.length > new Set(this.#order.slice(0, this.#written)).size * 2 + SPARE_TEXTS;
	}

	#numberOf(text: string): number {
		const place = this.#written++;
		const expected = this.#order[place];
		if (expected !== undefined && this.#texts[expected] === text) {
			return expected;
		}

		const number = this.#find(text);
		this.#order[place] = number;
		return number;
	}

	#find(text: string): number {
		this.#numbers ??= new Map(this.#texts.map((known, number) => [known, number]));
		const known = this.#numbers.get(text);
		if (known !== undefined) {
			return known;
		}

		const number = this.#texts.length;
		this.#texts.push(text);
		this.#numbers.set(text, number);
		this.#newTexts.push(text);
		return number;
	}
}
