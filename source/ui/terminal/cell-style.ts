import {
	type AnsiCode,
	ansiCodesToString,
	diffAnsiCodes,
	reduceAnsiCodesIncremental,
	tokenize,
} from '@alcalzone/ansi-tokenize';

/** The size of each cache; a screen has some dozens of styles. */
const LIMIT = 4096;

/**
 * The SGR codes and the hyperlink of a cell, as Ink's tokenizer reduces them. There is one object per list of codes, so
 * that styles are compared by identity and transitions between them are cached.
 */
export class CellStyle {
	static readonly #known = new Map<string, CellStyle>();
	static readonly none = new CellStyle([]);

	readonly #codes: readonly AnsiCode[];
	readonly #after = new Map<string, CellStyle>();
	readonly #changes = new Map<CellStyle, string>();

	private constructor(codes: readonly AnsiCode[]) {
		this.#codes = codes;
	}

	static of(codes: readonly AnsiCode[]): CellStyle {
		if (codes.length === 0) {
			return CellStyle.none;
		}

		const key = codes.map(({code}) => code).join('');
		let style = CellStyle.#known.get(key);
		if (style === undefined) {
			if (CellStyle.#known.size >= LIMIT) {
				CellStyle.#known.clear();
			}

			style = new CellStyle(codes);
			CellStyle.#known.set(key, style);
		}

		return style;
	}

	/** The style after an SGR sequence, which may contain several codes. */
	after(sequence: string): CellStyle {
		let style = this.#after.get(sequence);
		if (style === undefined) {
			const added = tokenize(sequence).filter(token => token.type === 'ansi');
			style = CellStyle.of(reduceAnsiCodesIncremental([...this.#codes], added));
			if (this.#after.size >= LIMIT) {
				this.#after.clear();
			}

			this.#after.set(sequence, style);
		}

		return style;
	}

	/** The sequence between a cell of this style and a cell of the next one. */
	changeTo(next: CellStyle): string {
		if (next === this) {
			return '';
		}

		let change = this.#changes.get(next);
		if (change === undefined) {
			change = ansiCodesToString(diffAnsiCodes([...this.#codes], [...next.#codes]));
			if (this.#changes.size >= LIMIT) {
				this.#changes.clear();
			}

			this.#changes.set(next, change);
		}

		return change;
	}
}
