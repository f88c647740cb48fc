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

/** What a report says, as Ink hands it on (without its escape); undefined for other input, `ignored` for a release. */
export function parseMouse(input: string): MouseEvent | 'ignored' | undefined {
	const [, code, column, line, end] = /^\[<(\d{1,3});(\d{1,5});(\d{1,5})([Mm])$/.exec(input) ?? [];
	if (code === undefined) {
		return undefined;
	}

	const button = Number(code) & ~MODIFIERS;
	const at = {column: Number(column) - 1, line: Number(line) - 1};
	if (button === WHEEL || button === WHEEL + 1) {
		return {kind: button === WHEEL ? 'wheel-up' : 'wheel-down', ...at};
	}

	return end === 'M' && button < BUTTONS ? {kind: 'press', ...at} : 'ignored';
}
