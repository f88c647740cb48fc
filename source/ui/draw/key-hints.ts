import {layoutOf} from '../../metrics/columns/columns.ts';
import {widthOf} from '../format/width.ts';
import type {Action} from '../state/action.ts';
import {formsOf} from '../state/form.ts';
import {groupable, groupingOf} from '../state/grouping.ts';
import {listsLogs} from '../state/has-logs.ts';
import {currentPage, type Page} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';

/** A key and its action in one or two words; a click on the hint does the action, or is that key in a list with keys of its own. */
export type KeyHint = {readonly text: string; readonly action?: Action; readonly key?: string};

/** The lowest ranks are shown first. */
type RankedHint = KeyHint & {readonly rank: number};

const GAP = '  ';

const ALWAYS: readonly KeyHint[] = [
	{text: '? help', action: {type: 'help'}},
	{text: 'q quit', action: {type: 'quit'}},
];

type HintOptions = {readonly isUnicode: boolean; readonly listsProcesses: boolean};

/** The most useful keys of this page that fit into `width` cells, and always help and quit. */
export function keyHints(state: ScreenState, width: number, options: HintOptions): readonly KeyHint[] {
	const hints = hintsOf(state, options);
	let room = width - widthOf(hintLine(ALWAYS));
	const shown = new Set<KeyHint>();
	for (const hint of [...hints].sort((one, other) => one.rank - other.rank)) {
		const cells = widthOf(hint.text) + GAP.length;
		if (cells > room) {
			break;
		}

		shown.add(hint);
		room -= cells;
	}

	return [...hints.filter(hint => shown.has(hint)), ...ALWAYS];
}

export function hintLine(hints: readonly KeyHint[]): string {
	return hints.map(({text}) => text).join(GAP);
}

/** The hint at a cell of the line; undefined between hints. */
export function hintAt(hints: readonly KeyHint[], cell: number): KeyHint | undefined {
	let start = 0;
	for (const hint of hints) {
		const end = start + widthOf(hint.text);
		if (cell >= start && cell < end) {
			return hint;
		}

		start = end + GAP.length;
	}

	return undefined;
}

/** The hints of a page in the order of the screen. */
function hintsOf(state: ScreenState, {isUnicode, listsProcesses}: HintOptions): readonly RankedHint[] {
	const [upDown, arrows, enter] = isUnicode ? ['↑↓', '←↑↓→', '⏎'] : ['up/down', 'arrows', 'Enter'];
	if (state.mode.kind === 'overlay') {
		const isList = state.mode.overlay === 'events';
		return [
			...(isList ? [hint(0, `${enter} open`, {type: 'open'})] : []),
			{text: `${upDown} ${isList ? 'move' : 'scroll'}`, rank: 0, action: {type: 'page', by: 1}},
			{text: 'Esc close', rank: 1, action: {type: 'back'}},
		];
	}

	const page = currentPage(state);
	const {level, subject, form} = page;
	const isGrouped = groupingOf(page) !== undefined;
	const isTable = level !== undefined;
	const isInside = subject !== undefined;
	return [
		...(isTable
			? [
					hint(15, form === 'table' ? `${upDown} move` : `${arrows} move`),
					hint(0, `${enter} ${isGrouped ? 'open' : 'charts'}`, {type: 'open'}),
				]
			: []),
		...(state.pages.length > 1
			? [hint(2, 'Esc back', {type: 'back'})]
			: isGrouped
				? [hint(2, 'Esc table', {type: 'back'})]
				: []),
		...(level === 'tree' ? [hint(2.5, '+ - fold', {type: 'fold', isOpen: undefined})] : []),
		...(isTable ? [hint(1, '/ filter', {type: 'filter'}), ...sortHint(state), ...namespaceHint(state)] : []),
		...(isInside ? [hint(5, state.hasFacts ? 'd charts' : 'd facts', {type: 'facts'})] : []),
		...(listsLogs(level)
			? [
					hint(6, 'l logs', {type: 'hand-over', to: 'logs'}),
					hint(19, 'p ended', {type: 'hand-over', to: 'ended-logs'}),
					hint(9, 's shell', {type: 'hand-over', to: 'shell'}),
				]
			: []),
		// On a map or a wall, the keys of that come before.
		...(listsProcesses && level !== 'processes'
			? [hint(form === 'table' ? 3.5 : 6, 'a processes', {type: 'processes'})]
			: []),
		hint(8, '! problems', {type: 'problems'}),
		hint(8, 'space pause', {type: 'pause'}),
		hint(10, '[ ] time', {type: 'step', by: -1}),
		hint(14, 't window', {type: 'window'}),
		...(formsOf(level).length > 1 ? formHints(currentPage(state), state.hasOwnScales) : []),
		...(form === 'table' && groupable(page) !== undefined
			? [hint(isGrouped ? 4.6 : 16.5, 'b group', {type: 'next-group'})]
			: []),
		...(isTable && form === 'table' ? statisticsHint(state) : []),
		...(isTable && form === 'table' ? [hint(11, '< > sort', {type: 'sort-next', by: 1})] : []),
		hint(12, 'e explain', {type: 'explain'}),
		hint(13, 'E events', {type: 'events'}),
		...(isTable
			? [
					hint(16, 'o columns', {type: 'columns'}),
					hint(17, 'x mark', {type: 'mark'}),
					hint(18, 'S csv', {type: 'export', path: undefined}),
				]
			: []),
		hint(7, ': command', {type: 'command', text: ''}),
	];
}

function hint(rank: number, text: string, action?: Action): RankedHint {
	return action === undefined ? {rank, text} : {rank, text, action};
}

/** Sorts by memory, or by CPU if the table is sorted by memory; problems have neither. */
function sortHint(state: ScreenState): readonly RankedHint[] {
	const {level, sort} = currentPage(state);
	if (level === 'problems') {
		return [];
	}

	return sort.column === 'memory'
		? [hint(3, 'c CPU', {type: 'sort-by', column: 'cpu'})]
		: [hint(3, 'm memory', {type: 'sort-by', column: 'memory'})];
}

/** Another form of the rows, and the keys of this one. */
function formHints({form, level}: Page, hasOwnScales: boolean): readonly RankedHint[] {
	const forms = formsOf(level);
	const next = forms[(forms.indexOf(form) + 1) % forms.length] ?? 'table';
	return [
		...(form === 'table' ? [] : [hint(4.5, '< > value', {type: 'sort-next', by: 1})]),
		...(form === 'map' ? [hint(4.6, 'b group', {type: 'next-group'})] : []),
		...(form === 'wall' ? [hint(4.6, hasOwnScales ? 'z one scale' : 'z own scales', {type: 'scale'})] : []),
		hint(form === 'table' ? 10.5 : 4.7, `v ${next}`, {type: 'next-form', by: 1}),
	];
}

/** Statistics of the window, or back; only for tables that have them. */
function statisticsHint(state: ScreenState): readonly RankedHint[] {
	const {level} = currentPage(state);
	return level === undefined || layoutOf(level).statistics.length === 0
		? []
		: [hint(10.6, state.hasStatistics ? 'u history' : 'u p95', {type: 'statistics'})];
}

/** Only for tables whose rows are in a namespace. */
function namespaceHint(state: ScreenState): readonly RankedHint[] {
	const [{scope, level}, ...opened] = state.pages;
	if (opened.length > 0 || level === 'nodes') {
		return [];
	}

	return [hint(4, scope.namespaces === undefined ? 'N namespace' : 'N all', {type: 'namespace'})];
}

/** The keys of the list of contexts. */
export function contextHints(isUnicode: boolean): readonly KeyHint[] {
	const [upDown, enter] = isUnicode ? ['↑↓', '⏎'] : ['up/down', 'Enter'];
	return [
		{text: `${upDown} move`},
		{text: `${enter} show`, key: 'enter'},
		{text: '/ by name', key: '/'},
		{text: 'Esc close', key: 'esc'},
	];
}

const DONE: KeyHint = {text: 'Enter done', key: 'enter'};

const CHOOSER_HINTS: ReadonlyArray<readonly KeyHint[]> = [
	[
		{text: 'space show or hide', key: 'space'},
		{text: '< > move', key: '>'},
		{text: 'r defaults', key: 'r'},
		{text: 'PgUp PgDn page', key: 'pagedown'},
		DONE,
	],
	[
		{text: 'space show/hide', key: 'space'},
		{text: '< > move', key: '>'},
		{text: 'r defaults', key: 'r'},
		DONE,
	],
	[{text: 'space', key: 'space'}, {text: '< >', key: '>'}, {text: 'r reset', key: 'r'}, DONE],
];

/** The keys of the column chooser. */
export function chooserHints(width: number): readonly KeyHint[] {
	return CHOOSER_HINTS.find(hints => widthOf(hintLine(hints)) <= width) ?? [DONE];
}
