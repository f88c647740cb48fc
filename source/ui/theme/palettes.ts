import type {Rgb} from './color-depth.ts';

/** The look of a style: attributes, and a colour with the nearest of the 16 colours (SGR 30 to 97). */
export type Look = {
	/** SGR attributes: 1 bold, 2 dim, 4 underlined, 7 inverse. */
	readonly attributes: string;
	readonly color?: {readonly rgb: Rgb; readonly named: number};
};

export const THEMES = ['terminal', 'dark', 'light', 'colorblind'] as const;
export type ThemeName = (typeof THEMES)[number];

/** The styles of the lines of one chart. */
export const LINE_STYLES = ['line1', 'line2', 'line3', 'line4', 'line5', 'line6', 'line7', 'line8'] as const;

type LineStyle = (typeof LINE_STYLES)[number];

type Colors = Readonly<
	Record<
		'heading' | 'good' | 'warning' | 'critical' | 'accent' | 'receive' | 'send' | 'demo' | LineStyle,
		readonly [rgb: Rgb, named: number]
	>
>;

/** No meaning depends on colour alone: critical is also bold, selected inverse, stale dim. */
function paletteOf(colors: Colors) {
	const look = (attributes: string, name: keyof Colors): Look => {
		const [rgb, named] = colors[name];
		return {attributes, color: {rgb, named}};
	};
	return {
		plain: {attributes: ''},
		title: {attributes: '1'},
		dim: {attributes: '2'},
		heading: look('1', 'heading'),
		good: look('', 'good'),
		warning: look('', 'warning'),
		critical: look('1', 'critical'),
		accent: look('', 'accent'),
		selected: {attributes: '7'},
		demo: look('1;7', 'demo'),
		receive: look('', 'receive'),
		send: look('', 'send'),
		line1: look('', 'line1'),
		line2: look('', 'line2'),
		line3: look('', 'line3'),
		line4: look('', 'line4'),
		line5: look('', 'line5'),
		line6: look('', 'line6'),
		line7: look('', 'line7'),
		line8: look('', 'line8'),
	} as const satisfies Readonly<Record<string, Look>>;
}

export type Palette = Readonly<ReturnType<typeof paletteOf>>;

const DARK: Colors = {
	heading: [[120, 210, 230], 36],
	good: [[130, 210, 120], 32],
	warning: [[240, 190, 80], 33],
	critical: [[255, 105, 97], 31],
	accent: [[95, 185, 255], 36],
	receive: [[130, 210, 120], 32],
	send: [[215, 140, 255], 35],
	demo: [[215, 140, 255], 35],
	line1: [[95, 185, 255], 36],
	line2: [[240, 190, 80], 33],
	line3: [[215, 140, 255], 35],
	line4: [[130, 210, 120], 32],
	line5: [[255, 105, 97], 31],
	line6: [[80, 220, 200], 34],
	line7: [[255, 160, 210], 37],
	line8: [[190, 190, 190], 90],
};

const LIGHT: Colors = {
	heading: [[0, 95, 135], 36],
	good: [[0, 115, 40], 32],
	warning: [[150, 90, 0], 33],
	critical: [[190, 0, 20], 31],
	accent: [[0, 85, 175], 34],
	receive: [[0, 115, 40], 32],
	send: [[130, 0, 160], 35],
	demo: [[130, 0, 160], 35],
	line1: [[0, 85, 175], 34],
	line2: [[150, 90, 0], 33],
	line3: [[130, 0, 160], 35],
	line4: [[0, 115, 40], 32],
	line5: [[190, 0, 20], 31],
	line6: [[0, 115, 115], 36],
	line7: [[170, 0, 100], 30],
	line8: [[90, 90, 90], 90],
};

/** The colours of Okabe and Ito (jfly.uni-koeln.de/color), which differ with any kind of colour vision. */
const COLORBLIND: Colors = {
	heading: [[86, 180, 233], 36],
	good: [[86, 180, 233], 34],
	warning: [[230, 159, 0], 33],
	critical: [[213, 94, 0], 93],
	accent: [[86, 180, 233], 36],
	receive: [[86, 180, 233], 36],
	send: [[240, 228, 66], 33],
	demo: [[204, 121, 167], 35],
	line1: [[86, 180, 233], 36],
	line2: [[230, 159, 0], 93],
	line3: [[204, 121, 167], 35],
	line4: [[0, 158, 115], 32],
	line5: [[213, 94, 0], 31],
	line6: [[0, 114, 178], 34],
	line7: [[240, 228, 66], 33],
	line8: [[153, 153, 153], 90],
};

/** Always the 16 colours of the terminal's own palette, at any depth. */
const TERMINAL: Colors = DARK;

export const PALETTES: Readonly<Record<ThemeName, Palette>> = {
	terminal: paletteOf(TERMINAL),
	dark: paletteOf(DARK),
	light: paletteOf(LIGHT),
	colorblind: paletteOf(COLORBLIND),
};
