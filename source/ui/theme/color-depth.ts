/** How many colours a terminal shows. */
export type ColorDepth = 'none' | '16' | '256' | 'true';

export type Rgb = readonly [red: number, green: number, blue: number];

/** Steps of the 6x6x6 cube that xterm's colours 16 to 231 are. */
const CUBE = [0, 95, 135, 175, 215, 255];

/** The SGR parameters (ECMA-48, xterm) of a foreground colour; of the 16 colours, whatever the terminal's palette has. */
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
