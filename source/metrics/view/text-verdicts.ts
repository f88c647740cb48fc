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
	/** By place, up to `#next` of them: what is 0 here need not be asked. */
	#wide: Uint8Array = new Uint8Array(0);

	/** `wide`: verdicts on the texts of the same column, in which there is every text that is in these. */
	constructor(slots: SlotTexts<R>, isIn: (text: string) => boolean, wide?: TextVerdicts<R>) {
		this.slots = slots;
		this.#isIn = isIn;
		if (wide !== undefined) {
			this.#of = wide.#of;
			this.#wide = wide.#verdicts.subarray(0, wide.#next);
		}
	}

	/** Whether the text of a row is one of these. */
	isIn(slot: number): boolean {
		return this.#verdicts[this.slots.places[slot] ?? 0] === 1;
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
			this.#wide = new Uint8Array(0);
		}

		if (this.#verdicts.length < texts.length) {
			const more = new Uint8Array(Math.ceil(texts.length * 1.25));
			more.set(this.#verdicts);
			this.#verdicts = more;
		}

		const [verdicts, wide, isIn] = [this.#verdicts, this.#wide, this.#isIn];
		let asked = 0;
		while (this.#next < texts.length) {
			const place = this.#next++;
			if (wide[place] === 0) {
				verdicts[place] = 0;
				continue;
			}

			verdicts[place] = Number(isIn(texts[place] ?? ''));
			if (++asked % TEXTS_A_SLICE === 0 && !hasTime()) {
				return false;
			}
		}

		return true;
	}
}
