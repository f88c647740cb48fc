/** SGR mouse reports (xterm ctlseqs, mode 1006 over 1000): buttons and the wheel, no motion. */
export const MOUSE_ON = '\u001B[?1000h\u001B[?1006h';
export const MOUSE_OFF = '\u001B[?1006l\u001B[?1000l';

/** A click or a step of the wheel; positions count from 0. */
export type MouseEvent = {
	readonly kind: 'press' | 'wheel-up' | 'wheel-down';
	readonly column: number;
	readonly line: number;
};

const WHEEL = 64;
const BUTTONS = 3;
const MODIFIERS = 4 | 8 | 16;

// biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with ESC
const REPORT = /^\u001B\[<(\d{1,3});(\d{1,5});(\d{1,5})([Mm])$/;

/** Parses a mouse report; undefined for releases, other buttons and other reports. */
export function mouseEventOf(report: string): MouseEvent | undefined {
	const [, code, column, line, end] = REPORT.exec(report) ?? [];
	return code === undefined
		? undefined
		: eventOf(Number(code), Number(column) - 1, Number(line) - 1, end === 'M');
}

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
