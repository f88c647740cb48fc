/** A cell in the picture, in pixels. */
export type CellBox = {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
};

/** Which sides of a cell a line goes to from its middle, and how thick it is. */
type Arms = {readonly to: string; readonly thickness: number; readonly isRound?: boolean};

const LIGHT = 1.2;
const HEAVY = 2.4;

const LINES: Readonly<Record<string, Arms>> = {
	'─': {to: 'lr', thickness: LIGHT},
	'│': {to: 'tb', thickness: LIGHT},
	'┤': {to: 'tbl', thickness: LIGHT},
	'└': {to: 'tr', thickness: LIGHT},
	'┴': {to: 'tlr', thickness: LIGHT},
	'┼': {to: 'tblr', thickness: LIGHT},
	'╭': {to: 'br', thickness: LIGHT, isRound: true},
	'╮': {to: 'bl', thickness: LIGHT, isRound: true},
	'╰': {to: 'tr', thickness: LIGHT, isRound: true},
	'╯': {to: 'tl', thickness: LIGHT, isRound: true},
	'━': {to: 'lr', thickness: HEAVY},
	'┃': {to: 'tb', thickness: HEAVY},
	'┏': {to: 'br', thickness: HEAVY},
	'┓': {to: 'bl', thickness: HEAVY},
	'┗': {to: 'tr', thickness: HEAVY},
	'┛': {to: 'tl', thickness: HEAVY},
};

const FIRST_BLOCK = '▁'.charCodeAt(0);
const BLOCKS = 8;

/**
 * Blocks and lines as shapes that meet those of the next cell, as in a terminal; in a font of the reader's there would be
 * gaps between them. Undefined for what is a letter.
 */
export function shapeOf(
	character: string,
	{x, y, width, height}: CellBox,
	color: string,
): string | undefined {
	const eighths = character.charCodeAt(0) - FIRST_BLOCK + 1;
	if (character.length === 1 && eighths >= 1 && eighths <= BLOCKS) {
		const filled = (height * eighths) / BLOCKS;
		return `<path d="M${at(x)} ${at(y + height - filled)}h${at(width)}v${at(filled)}h-${at(width)}z" fill="${color}"/>`;
	}

	const arms = LINES[character];
	if (arms === undefined) {
		return undefined;
	}

	const middleX = x + width / 2;
	const middleY = y + height / 2;
	const ends: Readonly<Record<string, string>> = {
		l: `${at(x)} ${at(middleY)}`,
		r: `${at(x + width)} ${at(middleY)}`,
		t: `${at(middleX)} ${at(y)}`,
		b: `${at(middleX)} ${at(y + height)}`,
	};
	const [first = 'l', second = 'r'] = arms.to;
	const path =
		arms.isRound === true
			? `M${ends[first]}Q${at(middleX)} ${at(middleY)} ${ends[second]}`
			: [...arms.to].map(side => `M${at(middleX)} ${at(middleY)}L${ends[side]}`).join('');
	return `<path d="${path}" stroke="${color}" stroke-width="${arms.thickness}" stroke-linecap="square" fill="none"/>`;
}

function at(value: number): number {
	return Math.round(value * 100) / 100;
}
