import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {listsWorkloads} from '../state/workload.ts';

/** A key and its action in one or two words. */
type KeyHint = {
	readonly text: string;
	/** The lowest ranks are shown first. */
	readonly rank: number;
};

const GAP = '  ';

const ALWAYS = '? help  q quit';

/** The most useful keys of this page that fit into `width` cells, and always help and quit. */
export function keyHints(state: ScreenState, width: number, isUnicode: boolean): string {
	const hints = hintsOf(state, isUnicode);
	let room = width - ALWAYS.length;
	const shown = new Set<KeyHint>();
	for (const hint of [...hints].sort((one, other) => one.rank - other.rank)) {
		const cells = hint.text.length + GAP.length;
		if (cells > room) {
			break;
		}

		shown.add(hint);
		room -= cells;
	}

	return [...hints.filter(hint => shown.has(hint)).map(({text}) => text), ALWAYS].join(GAP);
}

/** The hints of a page in the order of the screen. */
function hintsOf(state: ScreenState, isUnicode: boolean): readonly KeyHint[] {
	const [upDown, enter] = isUnicode ? ['↑↓', '⏎'] : ['up/down', 'Enter'];
	if (state.mode.kind === 'overlay') {
		return [
			{text: `${upDown} scroll`, rank: 0},
			{text: 'Esc close', rank: 1},
		];
	}

	const {level, subject} = currentPage(state);
	const isInside = subject !== undefined;
	return [
		...(level === undefined
			? []
			: [
					{text: `${upDown} move`, rank: 0},
					{text: `${enter} open`, rank: 1},
				]),
		...(isInside ? [{text: 'Esc back', rank: 2}] : []),
		...(level === undefined
			? []
			: [
					{text: '/ filter', rank: 3},
					{text: '< > sort', rank: 6},
				]),
		...(isInside ? [{text: state.hasFacts ? 'd charts' : 'd facts', rank: 4}] : []),
		...(listsWorkloads(level)
			? [
					{text: 'l logs', rank: 5},
					{text: 's shell', rank: 7},
				]
			: []),
		{text: 'space pause', rank: 10},
		{text: '[ ] time', rank: 9},
		{text: 't window', rank: 12},
		{text: 'e explain', rank: 8},
		{text: 'E events', rank: 11},
		...(level === undefined
			? []
			: [
					{text: 'o columns', rank: 13},
					{text: 'x mark', rank: 14},
				]),
	];
}

const CHOOSER_HINTS = [
	'space show or hide  < > move  r defaults  PgUp PgDn page  Enter done',
	'space show/hide  < > move  r defaults  Enter done',
	'space  < >  r reset  Enter done',
];

/** The keys of the column chooser. */
export function chooserHints(width: number): string {
	return CHOOSER_HINTS.find(({length}) => length <= width) ?? 'Enter done';
}
