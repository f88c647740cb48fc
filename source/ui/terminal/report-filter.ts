import {FUNCTION_KEY} from './function-keys.ts';

/**
 * Reports of the terminal (ECMA-48, xterm ctlseqs): mouse, status responses and cursor positions. All have a private
 * parameter or a final byte that no key has, or are strings (OSC, DCS, APC).
 */
const REPORT =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with ESC
	/\u001B\[(?:[<=>?][\d;:]*[ -/]*[@-~]|\d[\d;]*[Rcntx])|\u001B[\]P_][^\u0007\u001B]*(?:\u0007|\u001B\\)/;

const PASTE_START = '\u001B[200~';
const PASTE_END = '\u001B[201~';

const FILTERED = new RegExp(`${REPORT.source}|${FUNCTION_KEY}|\u001B\\[200~`);

/**
 * The start of a sequence at the end of a chunk, whose rest is in the next one. Does not match Alt with a letter, nor
 * strings that are shorter than the start of a response.
 */
const CUT_OFF =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with ESC
	/\u001B(?:\[(?:[<=>?]?[\d;:]{0,30}[ -/]?|\[)|O|(?:\]\d{1,4}(?:;|$)|P(?:[>!]\||[01][+$]r))[^\u0007\u001B]{0,255}\u001B?)$/;

const ESCAPE = '\u001B';

type Listeners = {
	/** Typed or pasted text, with the markers around a paste (DEC private mode 2004). */
	readonly onText: (text: string) => void;
	/** A complete report or function key. */
	readonly onReport: (report: string) => void;
};

/** Separates the terminal's input into text and reports, in their order. */
export class ReportFilter {
	readonly #listeners: Listeners;
	#held = '';
	#isPasting = false;
	/** Whether the last chunk ended with Esc, which was passed on as a key. */
	#hasPassedEscape = false;

	constructor(listeners: Listeners) {
		this.#listeners = listeners;
	}

	/** Reads a chunk, which may start or end inside a sequence. Calls the listeners synchronously. */
	read(chunk: string): void {
		const passed = this.#hasPassedEscape ? ESCAPE : '';
		let text = passed + this.#held + chunk;
		this.#held = '';
		this.#hasPassedEscape = false;
		if (!this.#isPasting && passed !== '') {
			text = this.#finishPassed(text);
		}

		while (text !== '') {
			text = this.#isPasting ? this.#paste(text) : this.#next(text);
		}
	}

	/** Completes a sequence whose Esc was passed on; its rest is also passed on, so that Ink can drop it as a whole. */
	#finishPassed(text: string): string {
		const match = FILTERED.exec(text);
		if (match?.index !== 0 || match[0] === PASTE_START) {
			this.#isPasting = match?.index === 0;
			return text.slice(ESCAPE.length);
		}

		const [report] = match;
		this.#text(report.slice(ESCAPE.length));
		this.#listeners.onReport(report);
		return text.slice(report.length);
	}

	/** Handles the start of a text and returns the rest. */
	#next(text: string): string {
		const match = FILTERED.exec(text);
		if (match === null) {
			const [cutOff = ''] = CUT_OFF.exec(text) ?? [];
			this.#held = cutOff;
			this.#hasPassedEscape = cutOff === '' && text.endsWith(ESCAPE);
			this.#text(text.slice(0, text.length - cutOff.length));
			return '';
		}

		const [found] = match;
		const rest = text.slice(match.index + found.length);
		if (found === PASTE_START) {
			this.#isPasting = true;
			this.#text(text.slice(0, match.index + found.length));
		} else {
			this.#text(text.slice(0, match.index));
			this.#listeners.onReport(found);
		}

		return rest;
	}

	#paste(text: string): string {
		const end = text.indexOf(PASTE_END);
		if (end === -1) {
			this.#held = partialMarker(text, PASTE_END);
			this.#text(text.slice(0, text.length - this.#held.length));
			return '';
		}

		this.#isPasting = false;
		this.#text(text.slice(0, end + PASTE_END.length));
		return text.slice(end + PASTE_END.length);
	}

	#text(text: string): void {
		if (text !== '') {
			this.#listeners.onText(text);
		}
	}
}

/** The longest end of the text that is a prefix of the marker. */
function partialMarker(text: string, marker: string): string {
	for (let length = marker.length - 1; length > 0; length--) {
		if (text.endsWith(marker.slice(0, length))) {
			return marker.slice(0, length);
		}
	}

	return '';
}
