import {type ColorDepth, foreground} from './color-depth.ts';
import {LINE_STYLES, type Look, PALETTES, type Palette, type ThemeName} from './palettes.ts';

export {LINE_STYLES};

/** The meaning of a piece of text; only the theme knows its look. */
export type Style = keyof Palette;

export type Theme = {
	readonly paint: (style: Style, text: string) => string;
	readonly symbols: 'unicode' | 'ascii';
	readonly ellipsis: string;
};

const RESET = '\u001B[0m';

export type ThemeOptions = {
	readonly name: ThemeName;
	readonly colors: ColorDepth;
	readonly symbols: 'unicode' | 'ascii';
};

export function createTheme({name, colors, symbols}: ThemeOptions): Theme {
	const codes = new Map(
		Object.entries(PALETTES[name]).map(([style, look]) => [style, codeOf(look, name, colors)]),
	);
	return {
		paint(style, text) {
			const code = codes.get(style);
			return code ? `\u001B[${code}m${text}${RESET}` : text;
		},
		symbols,
		ellipsis: symbols === 'unicode' ? '…' : '~',
	};
}

/** The SGR codes of a look. Bold and inverse stay without colours. */
function codeOf({attributes, color}: Look, name: ThemeName, colors: ColorDepth): string {
	if (color === undefined || colors === 'none') {
		// Dim is hard to read on many terminals, and the text always says the same.
		return colors === 'none' && attributes === '2' ? '' : attributes;
	}

	const code = foreground(color.rgb, color.named, name === 'terminal' ? '16' : colors);
	return attributes === '' ? code : `${attributes};${code}`;
}

const WARNING_SHARE = 0.7;
const CRITICAL_SHARE = 0.9;

/** The style of a used share: from 70 % a warning, from 90 % critical. */
export function heat(share: number | undefined): Style {
	if (share === undefined || share < WARNING_SHARE) {
		return 'plain';
	}

	return share < CRITICAL_SHARE ? 'warning' : 'critical';
}
