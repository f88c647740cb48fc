/** What a piece of text means; how that looks is decided here alone. */
export type Style =
	| 'plain'
	| 'title'
	| 'dim'
	| 'heading'
	| 'good'
	| 'warning'
	| 'critical'
	| 'accent'
	| 'selected'
	| 'demo'
	| 'receive'
	| 'send';

export type Theme = {
	readonly paint: (style: Style, text: string) => string;
	readonly symbols: 'unicode' | 'ascii';
	readonly ellipsis: string;
};

/** SGR codes of the terminal's own 16 colours, which follow its palette, light or dark. */
const CODES: Readonly<Record<Style, string>> = {
	plain: '',
	title: '1',
	dim: '2',
	heading: '1;36',
	good: '32',
	warning: '33',
	critical: '1;31',
	accent: '36',
	selected: '7',
	demo: '1;7;35',
	receive: '32',
	send: '35',
};

/** Without colours what is selected or marked is still set off: brightness and inversion are no colours. */
const PLAIN_CODES: Readonly<Partial<Record<Style, string>>> = {
	title: '1',
	heading: '1',
	critical: '1',
	selected: '7',
	demo: '7',
};

const RESET = '\u001B[0m';

export function createTheme(hasColor: boolean, symbols: 'unicode' | 'ascii'): Theme {
	return {
		paint(style, text) {
			const code = hasColor ? CODES[style] : PLAIN_CODES[style];
			return code ? `\u001B[${code}m${text}${RESET}` : text;
		},
		symbols,
		ellipsis: symbols === 'unicode' ? '…' : '~',
	};
}

const WARNING_SHARE = 0.7;
const CRITICAL_SHARE = 0.9;

/** How near something is to being used up: 70 % is a warning, 90 % critical. */
export function heat(share: number | undefined): Style {
	if (share === undefined || share < WARNING_SHARE) {
		return 'plain';
	}

	return share < CRITICAL_SHARE ? 'warning' : 'critical';
}
