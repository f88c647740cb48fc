import {emitKeypressEvents, type Key} from 'node:readline';
import {Readable} from 'node:stream';
import {functionKeyOf} from './function-keys.ts';
import {type MouseEvent, mouseEventOf} from './mouse.ts';
import {ReportFilter} from './report-filter.ts';

/** A key by its name (`k`, `G`, `up`, `ctrl-l`, `shift-tab`, `space`), and the text that it types, if any. */
export type PressedKey = {readonly name: string; readonly text: string};

export type KeyListeners = {
	readonly onKey: (key: PressedKey) => void;
	readonly onMouse: (event: MouseEvent) => void;
	/** What else the terminal tells of itself. */
	readonly onReport: (report: string) => void;
};

/** How long after an ESC alone nothing more may come for it to be the key; arrows and the like begin with one too. */
const ESCAPE_MS = 30;

/** Makes keys and clicks of what a terminal sends; Node itself knows the sequences of terminals. */
export class KeyReader {
	readonly #reports: ReportFilter;
	readonly #typed = new Readable({read() {}, encoding: 'utf8'});

	constructor({onKey, onMouse, onReport}: KeyListeners) {
		this.#reports = new ReportFilter({
			onText: text => this.#typed.push(text),
			onReport: report => {
				const event = mouseEventOf(report);
				if (event !== undefined) {
					onMouse(event);
				} else if (functionKeyOf(report) === undefined) {
					onReport(report);
				} else {
					// Node names it too.
					this.#typed.push(report);
				}
			},
		});
		// Of the interface that this is meant for, it reads the time for ESC alone.
		emitKeypressEvents(this.#typed, {escapeCodeTimeout: ESCAPE_MS} as unknown as Parameters<
			typeof emitKeypressEvents
		>[1]);
		this.#typed.on('keypress', (text: string | undefined, key: Key) => onKey(keyOf(text ?? '', key)));
	}

	/** Takes what came; keys that came together are told one after the other. */
	read(chunk: string): void {
		this.#reports.read(chunk);
	}
}

/** As Node names them, and as the keymap does. */
const NAMES: Readonly<Record<string, string>> = {return: 'enter', escape: 'esc'};

/** Keys that Node names and that type nothing. */
const SPECIAL =
	/^(?:enter|esc|up|down|left|right|pageup|pagedown|home|end|insert|backspace|delete|clear|f\d{1,2})$/;

function keyOf(text: string, {name: known, ctrl, shift}: Key): PressedKey {
	const name = known === undefined ? '' : (NAMES[known] ?? known);
	if (name === 'tab') {
		return {name: shift === true ? 'shift-tab' : 'tab', text: ''};
	}

	if (SPECIAL.test(name)) {
		return {name, text: ''};
	}

	if (ctrl === true) {
		return {name: `ctrl-${name}`, text: ''};
	}

	return {name: text === ' ' ? 'space' : text, text};
}
