import {FUNCTION_KEY} from './function-keys.ts';

/**
 * Sequences that nobody types (ECMA-48, xterm ctlseqs): clicks and the wheel, answers to questions about the terminal,
 * where its cursor is. All have a private parameter, or a final byte that only answers have, or are strings (OSC, DCS, APC).
 */
const REPORT =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with ESC
	/\u001B\[(?:[<=>?][\d;:]*[ -/]*[@-~]|\d[\d;]*[Rcntx])|\u001B[\]P_][^\u0007\u001B]*(?:\u0007|\u001B\\)/;

const PASTE_START = '\u001B[200~';
const PASTE_END = '\u001B[201~';

const TAKEN_OUT = new RegExp(`${REPORT.source}|${FUNCTION_KEY}|\u001B\\[200~`);

/**
 * The beginning of a sequence whose rest has not come yet. What Alt and a letter send is not waited for, nor are strings
 * of which less has come than a terminal's answers begin with.
 */
const CUT_OFF =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with ESC
	/\u001B(?:\[(?:[<=>?]?[\d;:]{0,30}[ -/]?|\[)|O|(?:\]\d{1,4}(?:;|$)|P(?:[>!]\||[01][+$]r))[^\u0007\u001B]{0,255}\u001B?)$/;

const ESCAPE = '\u001B';

type Listeners = {
	/** What was typed or pasted; the markers around a paste (DEC private mode 2004) are part of it. */
	readonly onText: (text: string) => void;
	/** A report or a function key, whole. */
	readonly onReport: (report: string) => void;
};

/** Parts what a terminal sends into what was typed and what it reports, in the order in which it came. */
export class ReportFilter {
	readonly #listeners: Listeners;
	#held = '';
	#isPasting = false;
	/** The last chunk ended in an Esc, which was passed on as the key that it may be. */
	#hasPassedEscape = false;

	constructor(listeners: Listeners) {
		this.#listeners = listeners;
	}

	/** Takes a chunk, wherever it was torn; calls the listeners before it returns. */
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

	/** Reports the sequence whose Esc was passed on; its rest follows, so that the reader of keys can drop it whole. */
	#finishPassed(text: string): string {
		const match = TAKEN_OUT.exec(text);
		if (match?.index !== 0 || match[0] === PASTE_START) {
			this.#isPasting = match?.index === 0;
			return text.slice(ESCAPE.length);
		}

		const [report] = match;
		this.#text(report.slice(ESCAPE.length));
		this.#listeners.onReport(report);
		return text.slice(report.length);
	}

	/** Each takes something off the beginning of a text and returns the rest. */
	#next(text: string): string {
		const match = TAKEN_OUT.exec(text);
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
			this.#held = beginningAtEnd(text, PASTE_END);
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

/** The longest end of the text that a marker begins with. */
function beginningAtEnd(text: string, marker: string): string {
	for (let length = marker.length - 1; length > 0; length--) {
		if (text.endsWith(marker.slice(0, length))) {
			return marker.slice(0, length);
		}
	}

	return '';
}
