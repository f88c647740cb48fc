/** The number of colours of a terminal; `true` is 24 bits. */
export type ColorDepth = 'none' | '16' | '256' | 'true';

export type Rgb = readonly [red: number, green: number, blue: number];

/** The levels of xterm's 6x6x6 colour cube (colours 16 to 231). */
const CUBE = [0, 95, 135, 175, 215, 255];

/** The SGR parameters (ECMA-48, xterm) of a foreground colour; with 16 colours, that of the terminal's palette. */
export function foreground(rgb: Rgb, named: number, depth: Exclude<ColorDepth, 'none'>): string {
	switch (depth) {
		case 'true':
			return `38;2;${rgb.join(';')}`;
		case '256': {
			const [red, green, blue] = rgb.map(nearestStep);
			return `38;5;${16 + 36 * (red ?? 0) + 6 * (green ?? 0) + (blue ?? 0)}`;
		}

		case '16':
			return String(named);
	}
}

function nearestStep(value: number): number {
	let nearest = 0;
	for (const [step, level] of CUBE.entries()) {
		if (Math.abs(level - value) < Math.abs((CUBE[nearest] ?? 0) - value)) {
			nearest = step;
		}
	}

	return nearest;
}
