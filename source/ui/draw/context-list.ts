import type {ClusterContext} from '../../metrics/model/cluster-context.ts';
import type {Failure} from '../../metrics/model/failure.ts';
import {printable} from '../../metrics/model/printable.ts';
import {fitName, fitText, widthOf} from '../format/width.ts';
import {wrapText} from '../format/wrap.ts';
import {pointerOf} from '../theme/pointer.ts';
import type {Theme} from '../theme/theme.ts';
import {firstListed, type ListWindow, listedAt} from './list-window.ts';

export type ContextListOptions = {
	/** Undefined until the kubeconfig is read. */
	readonly contexts: readonly ClusterContext[] | undefined;
	/** Why the kubeconfig cannot be read. */
	readonly failure: Failure | undefined;
	readonly selected: number;
	/** The names of those on the screen. */
	readonly shown: readonly string[];
	readonly opening: string | undefined;
	readonly failed: {readonly name: string; readonly failure: Failure} | undefined;
	readonly width: number;
	readonly height: number;
};

type DrawnContexts = ContextListOptions & {readonly theme: Theme};

const COLUMNS: ReadonlyArray<{
	readonly heading: string;
	readonly value: (context: ClusterContext) => string | undefined;
}> = [
	{heading: 'CONTEXT', value: ({name}) => name},
	{heading: 'SERVER', value: ({host}) => host},
	{heading: 'NAMESPACE', value: ({namespace}) => namespace},
	{heading: 'USER', value: ({user}) => user},
	{heading: 'CLUSTER', value: ({cluster}) => cluster},
];

/** The cursor, the mark of the context on the screen, and a blank behind each. */
const LEAD = 4;
const GAP = 2;

/** The least width of a column that is not narrower by itself. */
const LEAST = 9;

/** The list of contexts; it scrolls so that the selected one is visible. Below it, what happened to one. */
export function drawContexts(options: DrawnContexts): readonly string[] {
	const {contexts = [], selected, width, height, theme} = options;
	const widths = widthsOf(contexts, width - LEAD);
	const note = shownNote(options, widths);
	const window = windowOf(options, note.length);
	const {room} = window;
	const start = firstListed(window);
	const heading = lineOf(
		'',
		COLUMNS.map(({heading}) => heading),
		widths,
		options,
	);
	const lines = contexts.slice(start, start + room).map((context, index) => {
		const isSelected = start + index === selected;
		const text = lineOf(
			markOf(context, isSelected, options),
			COLUMNS.map(({value}) => printable(value(context) ?? '–')),
			widths,
			options,
		);
		return theme.paint(isSelected ? 'selected' : context.problem === undefined ? 'plain' : 'dim', text);
	});
	const all = [theme.paint('dim', heading), ...lines];
	const blank = ' '.repeat(width);
	return [
		...Array.from({length: height - note.length}, (_, index) => all[index] ?? blank),
		...note.map(text =>
			theme.paint(isTrouble(options) ? 'warning' : 'dim', fitText(text, width, false, theme.ellipsis)),
		),
	].slice(-height);
}

/** The index of the context on a line of the list; undefined if there is none. */
export function contextAt(options: ContextListOptions, line: number): number | undefined {
	const {contexts = [], width} = options;
	return listedAt(windowOf(options, shownNote(options, widthsOf(contexts, width - LEAD)).length), line);
}

function windowOf({contexts = [], selected, height}: ContextListOptions, noteLines: number): ListWindow {
	return {
		count: contexts.length,
		selected,
		room: Math.max(height - 1 - (noteLines === 0 ? 0 : noteLines + 1), 1),
	};
}

function shownNote(options: ContextListOptions, widths: readonly number[]): readonly string[] {
	return noteOf(options, widths).slice(0, Math.max(Math.floor(options.height / 2), 1));
}

function markOf({name}: ClusterContext, isSelected: boolean, {shown, opening, theme}: DrawnContexts): string {
	const cursor = pointerOf(theme);
	const state = shown.includes(name) ? '*' : name === opening ? theme.ellipsis.slice(0, 1) : ' ';
	return `${isSelected ? cursor : ' '} ${state}`;
}

function lineOf(
	mark: string,
	cells: readonly string[],
	widths: readonly number[],
	{width, theme}: DrawnContexts,
): string {
	const fitted = widths.map((room, index) => fitName(cells[index] ?? '', room, theme.ellipsis));
	return fitText(mark.padEnd(LEAD) + fitted.join(' '.repeat(GAP)), width, false, theme.ellipsis);
}

/** In full: the error of a context or the kubeconfig, what is being opened, or texts that are cut in the list. */
function noteOf(
	{contexts, failure, selected, opening, failed, width}: ContextListOptions,
	widths: readonly number[],
): readonly string[] {
	const wrapped = (text: string): readonly string[] => wrapText(text, width - 1, 1);
	if (failure !== undefined) {
		return wrapped(`${failure.message}; ${failure.hint}`);
	}

	if (contexts === undefined) {
		return wrapped('reading the kubeconfig …');
	}

	if (contexts.length === 0) {
		return wrapped('there is no context: set KUBECONFIG, or start ktop with --kubeconfig FILE');
	}

	if (opening !== undefined) {
		return wrapped(`opening ${opening} … the screen stays as it is until then`);
	}

	const {name, problem} = contexts[selected] ?? {};
	if (problem !== undefined && name !== failed?.name) {
		return wrapped(problem);
	}

	if (failed !== undefined) {
		return wrapped(`${failed.name}: ${failed.failure.message}; ${failed.failure.hint}`);
	}

	const cut = cutTexts(contexts[selected], widths);
	return cut === '' ? [] : wrapped(cut);
}

function isTrouble({contexts, failure, selected, opening, failed}: ContextListOptions): boolean {
	const hasFailed = failed !== undefined || contexts?.[selected]?.problem !== undefined;
	return failure !== undefined || contexts?.length === 0 || (opening === undefined && hasFailed);
}

/** The texts of a context that do not fit into its line. */
function cutTexts(context: ClusterContext | undefined, widths: readonly number[]): string {
	return COLUMNS.flatMap(({heading, value}, index) => {
		const text = printable((context && value(context)) ?? '');
		return widthOf(text) > (widths[index] ?? 0) ? [`${heading.toLowerCase()} ${text}`] : [];
	}).join(', ');
}

/**
 * The widths of the columns that fit. If not all fit as wide as they are, the last ones are cut first; where even that is
 * too much, they are left out.
 */
function widthsOf(contexts: readonly ClusterContext[], width: number): readonly number[] {
	const wanted = COLUMNS.map(({heading, value}) =>
		contexts.reduce(
			(most, context) => Math.max(most, widthOf(printable(value(context) ?? ''))),
			heading.length,
		),
	);
	const least = wanted.map(cells => Math.min(cells, LEAST));
	let count = wanted.length;
	while (count > 1 && sum(least.slice(0, count)) + GAP * (count - 1) > width) {
		count--;
	}

	const widths = wanted.slice(0, count);
	let over = sum(widths) + GAP * (count - 1) - width;
	for (let index = count - 1; index >= 0; index--) {
		const cells = widths[index] ?? 0;
		const cut = Math.min(Math.max(over, 0), index === 0 ? cells : cells - (least[index] ?? 0));
		widths[index] = cells - cut;
		over -= cut;
	}

	return widths;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, each) => total + each, 0);
}
