import {
	type AnsiCode,
	ansiCodesToString,
	diffAnsiCodes,
	reduceAnsiCodesIncremental,
	tokenize,
} from '@alcalzone/ansi-tokenize';

/** Styles that are known at once; a screen has some dozens. */
const LIMIT = 4096;

/**
 * The SGR codes and the link in force at a cell, as Ink's tokenizer reduces them, in the order in which they came. There
 * is one object for each such list, so what follows from it is computed once.
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

	/** The style after one SGR sequence, which may hold several codes. */
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

	/** What to write between a cell of this style and the next cell. */
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
