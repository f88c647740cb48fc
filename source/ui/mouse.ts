/** SGR mouse reports (xterm ctlseqs, mode 1006 over 1000): buttons and the wheel, no motion. */
export const MOUSE_ON = '\u001B[?1000h\u001B[?1006h';
export const MOUSE_OFF = '\u001B[?1006l\u001B[?1000l';

/** Where something was pressed, counted from 0. */
export type MouseEvent = {
	readonly kind: 'press' | 'wheel-up' | 'wheel-down';
	readonly column: number;
	readonly line: number;
};

const WHEEL = 64;
const BUTTONS = 3;
const MODIFIERS = 4 | 8 | 16;

// biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with ESC
const REPORT = /\u001B\[<(\d{1,3});(\d{1,5});(\d{1,5})([Mm])/g;

/** The beginning of a report whose rest has not come yet. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with ESC
const CUT_OFF = /\u001B\[<[\d;]{0,15}$/;

/** Takes the reports of the mouse out of what is typed: Ink drops what is no key. */
export class MouseFilter {
	readonly #onEvent: (event: MouseEvent) => void;
	#pending = '';

	constructor(onEvent: (event: MouseEvent) => void) {
		this.#onEvent = onEvent;
	}

	/** The text without its reports. */
	filter(chunk: string): string {
		const text = this.#pending + chunk;
		const [cutOff = ''] = CUT_OFF.exec(text) ?? [];
		this.#pending = cutOff;
		return text
			.slice(0, text.length - cutOff.length)
			.replace(REPORT, (_report, code: string, column: string, line: string, end: string) => {
				const event = eventOf(Number(code), Number(column) - 1, Number(line) - 1, end === 'M');
				if (event !== undefined) {
					this.#onEvent(event);
				}

				return '';
			});
	}
}

/** Undefined for a release, and for what no button is. */
function eventOf(code: number, column: number, line: number, isPressed: boolean): MouseEvent | undefined {
	const button = code & ~MODIFIERS;
	switch (button) {
		case WHEEL:
			return {kind: 'wheel-up', column, line};
		case WHEEL + 1:
			return {kind: 'wheel-down', column, line};
		default:
			return isPressed && button < BUTTONS ? {kind: 'press', column, line} : undefined;
	}
}
