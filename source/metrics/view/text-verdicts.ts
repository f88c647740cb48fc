import type {Row} from '../model/row.ts';
import type {JoinedTexts} from './joined-texts.ts';
import type {SlotTexts} from './slot-texts.ts';

/** How many texts are searched one by one between two looks at the time. */
const TEXTS_A_SLICE = 512;

/** What texts must have. */
export type TextTest = {
	readonly isIn: (text: string) => boolean;
	/** Words in lower case of which one must be in a text, where that is all; without any, every text passes. */
	readonly words?: readonly string[] | undefined;
};

const NONE: Uint8Array = new Uint8Array(0);

/** Which texts of a column have something in them, each text asked once. */
export class TextVerdicts<R extends Row> {
	readonly #slots: SlotTexts<R>;
	readonly #test: TextTest;
	#verdicts = NONE;
	/** At least one where some text passes. */
	#count = 0;
	#of: readonly string[] = [];
	/** The first place that is not asked; 0 stands for rows without a text. */
	#next = 1;

	constructor(slots: SlotTexts<R>, test: TextTest) {
		this.#slots = slots;
		this.#test = test;
	}

	/**
	 * Divides the first `count` slots: those with one of these texts come into `found` from `at` on, and the others stay, from
	 * the first place on. Returns how many were found.
	 */
	divide(slots: Uint32Array, count: number, found: Uint32Array, at: number): number {
		if (this.#count === 0) {
			return 0;
		}

		const [verdicts, places] = [this.#verdicts, this.#slots.places];
		let next = at;
		let left = 0;
		for (let index = 0; index < count; index++) {
			// Without a branch, which a processor could not foresee.
			const slot = slots[index] ?? 0;
			const verdict = verdicts[places[slot] ?? 0] ?? 0;
			found[next] = slot;
			slots[left] = slot;
			next += verdict;
			left += 1 - verdict;
		}

		return next - at;
	}

	/** Asks as long as there is time; returns whether all is asked. */
	advance(hasTime: () => boolean): boolean {
		const {words} = this.#test;
		const isOfWords = words !== undefined && words.length > 0;
		if (!(isOfWords ? this.#slots.join(hasTime) : this.#slots.advance(hasTime))) {
			return false;
		}

		const {texts} = this.#slots;
		if (texts !== this.#of) {
			this.#of = texts;
			this.#next = 1;
			this.#count = 0;
		}

		if (this.#verdicts.length < texts.length) {
			const more = new Uint8Array(Math.ceil(texts.length * 1.25));
			more.set(this.#verdicts);
			this.#verdicts = more;
		}

		return isOfWords
			? this.#searchJoined(this.#slots.joined, words, texts.length, hasTime)
			: this.#searchEach(texts, hasTime);
	}

	#searchJoined(
		joined: JoinedTexts,
		words: readonly string[],
		count: number,
		hasTime: () => boolean,
	): boolean {
		while (this.#next < count) {
			const [end, found] = joined.search(this.#next, words, this.#verdicts);
			this.#next = end;
			this.#count += found;
			if (!hasTime()) {
				return this.#next >= count;
			}
		}

		return true;
	}

	#searchEach(texts: readonly string[], hasTime: () => boolean): boolean {
		const [verdicts, {isIn}] = [this.#verdicts, this.#test];
		let asked = 0;
		while (this.#next < texts.length) {
			const place = this.#next++;
			const verdict = Number(isIn(texts[place] ?? ''));
			verdicts[place] = verdict;
			this.#count += verdict;
			if (++asked % TEXTS_A_SLICE === 0 && !hasTime()) {
				return false;
			}
		}

		return true;
	}
}
