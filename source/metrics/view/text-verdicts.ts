import type {Row} from '../model/row.ts';
import type {SlotTexts} from './slot-texts.ts';

/** How many texts are searched between two looks at the time. */
const TEXTS_A_SLICE = 512;

/** Which texts of a column have something in them, each text asked once. */
export class TextVerdicts<R extends Row> {
	readonly slots: SlotTexts<R>;
	readonly #isIn: (text: string) => boolean;
	#verdicts = new Uint8Array(1024);
	#of: readonly string[] = [];
	/** The first place that is not asked; 0 stands for rows without a text. */
	#next = 1;

	constructor(slots: SlotTexts<R>, isIn: (text: string) => boolean) {
		this.slots = slots;
		this.#isIn = isIn;
	}

	/** By place of a text, 1 where it is so. */
	get verdicts(): Uint8Array {
		return this.#verdicts;
	}

	/** Asks as long as there is time; returns whether all is asked. */
	advance(hasTime: () => boolean): boolean {
		if (!this.slots.advance(hasTime)) {
			return false;
		}

		const {texts} = this.slots;
		if (texts !== this.#of) {
			this.#of = texts;
			this.#next = 1;
		}

		if (this.#verdicts.length < texts.length) {
			const more = new Uint8Array(Math.ceil(texts.length * 1.25));
			more.set(this.#verdicts);
			this.#verdicts = more;
		}

		const [verdicts, isIn] = [this.#verdicts, this.#isIn];
		while (this.#next < texts.length) {
			verdicts[this.#next] = Number(isIn(texts[this.#next] ?? ''));
			if (++this.#next % TEXTS_A_SLICE === 0 && !hasTime()) {
				return false;
			}
		}

		return true;
	}
}
