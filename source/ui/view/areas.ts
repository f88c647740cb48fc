import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';

/** The height of each part of the screen; the tabs have one line in addition. */
export type Areas = {
	readonly header: number;
	readonly charts: number;
	readonly table: number;
	/** The preview of the selected row below a short table of the first page. */
	readonly preview: number;
	/** 1: the keys or a prompt. 2: also a line with a notice or a note on the prompt. */
	readonly foot: 1 | 2;
};

export type Needs = {
	/** The height of all facts; undefined if charts are shown instead. */
	readonly factLines: number | undefined;
	/** The number of rows of the table; undefined if unknown. */
	readonly tableRows: number | undefined;
	/** Whether there is a notice. */
	readonly hasNotice: boolean;
	/** Whether the page's object has a chart with values; without one, its facts and a line are above the table. */
	readonly isMeasured?: boolean;
};

/** The least height of a screen with a header of three lines instead of one. */
const FULL_HEADER_ROWS = 14;

/** The least height of a table: the headings and two rows. */
const MIN_TABLE = 3;

/** The height of a table below facts that need most of the page. */
const LOW_TABLE = 5;

/** On a lower page, facts that do not fit above a table replace it. */
const ROWS_FOR_BOTH = 20;

/** The least height of a page on which charts are drawn; on a lower one they are one line each. */
const ROWS_FOR_CHARTS = 12;

/** The greatest share of the page above a table, also if the table is short. */
const MAX_ABOVE = 0.7;

/** The least height of a preview: its title, and charts side by side. */
const MIN_PREVIEW = 6;

/** The height of charts on high screens; on very high ones it is 30 % of the page. */
const HIGH_CHARTS = 14;

/**
 * Divides the lines of the screen. On lower screens, first the charts become lower, then the header and the foot are one
 * line, then each chart is one line, then the table has only a few rows, then there are no charts. Lines that a short
 * table does not need go to the part above it, or on the first page to a preview of the selected row.
 */
export function areasOf(
	rows: number,
	state: ScreenState,
	{factLines, tableRows, hasNotice, isMeasured = true}: Needs,
): Areas {
	const {subject, level} = currentPage(state);
	const header = rows >= FULL_HEADER_ROWS ? 3 : rows >= 4 ? 1 : 0;
	const foot = rows >= FULL_HEADER_ROWS && (hasNotice || isPrompt(state)) ? 2 : 1;
	const rest = Math.max(rows - header - 1 - foot, 0);
	if (subject === undefined) {
		const preview = previewLines(rest, tableRows);
		return {header, charts: 0, table: rest - preview, preview, foot};
	}

	if (level === undefined) {
		return {header, charts: rest, table: 0, preview: 0, foot};
	}

	const needed =
		factLines === undefined
			? chartLines(rest, subject.level === 'nodes' ? 4 : 3)
			: linesOfFacts(rest, factLines + (isMeasured ? 0 : 1));
	// A blank line after the table shows that its last row is visible.
	const left = tableRows === undefined ? 0 : Math.min(rest - tableRows - 2, Math.floor(rest * MAX_ABOVE));
	const charts = isMeasured && rest >= ROWS_FOR_CHARTS ? Math.max(needed, left) : needed;
	return {header, charts, table: rest - charts, preview: 0, foot};
}

function isPrompt({mode}: ScreenState): boolean {
	return mode.kind === 'filter' || mode.kind === 'command';
}

/** What a table leaves free below its last row and a blank line; 0 if that is too little, or if there is no row. */
function previewLines(rest: number, tableRows: number | undefined): number {
	const left = tableRows === undefined || tableRows === 0 ? 0 : rest - tableRows - 2;
	return rest >= ROWS_FOR_CHARTS && left >= MIN_PREVIEW ? left : 0;
}

function chartLines(rest: number, count: number): number {
	return rest >= ROWS_FOR_CHARTS
		? Math.min(Math.floor(rest * 0.45), Math.max(HIGH_CHARTS, Math.floor(rest * 0.3)))
		: Math.min(Math.max(rest - MIN_TABLE, 0), count);
}

function linesOfFacts(rest: number, needed: number): number {
	if (rest - needed >= MIN_TABLE) {
		return needed;
	}

	return rest >= ROWS_FOR_BOTH ? rest - LOW_TABLE : rest;
}

/** The number of rows of the table that fit on the screen. */
export function tableHeight({table}: Areas): number {
	return Math.max(table - 1, 0);
}

/** The height between tabs and foot. */
export function pageHeight({charts, table, preview}: Areas): number {
	return charts + table + preview;
}

/** The least height of charts below facts. */
const MIN_BELOW_FACTS = 6;

/** The lines above a table: facts, charts, or facts and charts if there is room. */
export type AboveAreas = {readonly facts: number; readonly charts: number};

/** Divides the `height` lines above a table; `factLines` is the height of all facts, undefined to show charts. */
export function aboveAreas(height: number, factLines: number | undefined, isMeasured = true): AboveAreas {
	if (!isMeasured) {
		return {facts: Math.max(Math.min(height - 1, factLines ?? 0), 0), charts: Math.min(height, 1)};
	}

	if (factLines === undefined) {
		return {facts: 0, charts: height};
	}

	// One blank line between facts and charts.
	const needed = factLines + 1;
	return height - needed < MIN_BELOW_FACTS
		? {facts: height, charts: 0}
		: {facts: needed, charts: height - needed};
}
