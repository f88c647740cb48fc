import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';

/** The lines of each part of the screen; the tabs have one besides. */
export type Areas = {
	readonly header: number;
	readonly charts: number;
	readonly table: number;
	/** The keys or a prompt; with a second line for a notice or for what is to be said of what is typed. */
	readonly foot: 1 | 2;
};

export type Needs = {
	/** Lines that facts in place of the charts take; undefined without facts. */
	readonly factLines: number | undefined;
	/** Rows that the table has; undefined where nobody knows yet. */
	readonly tableRows: number | undefined;
	/** Whether something is hidden or late. */
	readonly hasNotice: boolean;
};

/** Below this the header is its first line alone. */
const FULL_HEADER_ROWS = 14;

/** Headings and two rows: less of a table is none. */
const LEAST_TABLE = 3;

/** Headings and a few rows, which stay below facts that need most of a page. */
const LOW_TABLE = 5;

/** On a page of fewer lines facts that need more have them all, and no table stays. */
const ROWS_FOR_BOTH = 20;

/** From so many lines on charts are drawn; below, a line each says what they would. */
const ROWS_FOR_CHARTS = 12;

/** What is above a table takes no more than this of the lines, however short the table is. */
const MOST_ABOVE = 0.7;

/** Higher than this charts say no more, but for very high screens. */
const HIGH_CHARTS = 14;

/**
 * How the lines of the screen are shared out: one to the tabs, the headings to the table. As a screen gets lower, first
 * the charts become low, then the header and the foot are one line, then charts are a line each, then the
 * table is a few rows, then there are none of the charts. What a short table leaves goes to what is above it.
 */
export function areasOf(rows: number, state: ScreenState, {factLines, tableRows, hasNotice}: Needs): Areas {
	const {subject, level} = currentPage(state);
	const header = rows >= FULL_HEADER_ROWS ? 3 : rows >= 4 ? 1 : 0;
	const foot = rows >= FULL_HEADER_ROWS && (hasNotice || isPrompt(state)) ? 2 : 1;
	const rest = Math.max(rows - header - 1 - foot, 0);
	if (subject === undefined) {
		return {header, charts: 0, table: rest, foot};
	}

	if (level === undefined) {
		return {header, charts: rest, table: 0, foot};
	}

	const needed =
		factLines === undefined
			? chartLines(rest, subject.level === 'nodes' ? 4 : 3)
			: linesOfFacts(rest, factLines);
	// A blank line below the last row tells that it is the last.
	const left = tableRows === undefined ? 0 : Math.min(rest - tableRows - 2, Math.floor(rest * MOST_ABOVE));
	const charts = rest >= ROWS_FOR_CHARTS ? Math.max(needed, left) : needed;
	return {header, charts, table: rest - charts, foot};
}

function isPrompt({mode}: ScreenState): boolean {
	return mode.kind === 'filter' || mode.kind === 'command';
}

function chartLines(rest: number, count: number): number {
	return rest >= ROWS_FOR_CHARTS
		? Math.min(Math.floor(rest * 0.45), Math.max(HIGH_CHARTS, Math.floor(rest * 0.3)))
		: Math.min(Math.max(rest - LEAST_TABLE, 0), count);
}

function linesOfFacts(rest: number, needed: number): number {
	if (rest - needed >= LEAST_TABLE) {
		return needed;
	}

	return rest >= ROWS_FOR_BOTH ? rest - LOW_TABLE : rest;
}

/** Rows of the table that are on the screen at once. */
export function tableHeight({table}: Areas): number {
	return Math.max(table - 1, 0);
}

/** Fewer lines than this below facts are left blank. */
const LEAST_BELOW_FACTS = 6;

/** The lines above a table: facts, charts, or facts with charts below them where there is room. */
export type AboveAreas = {readonly facts: number; readonly charts: number};

/** How `height` lines above a table are shared out; `factLines` are those that facts take, undefined without facts. */
export function aboveAreas(height: number, factLines: number | undefined): AboveAreas {
	if (factLines === undefined) {
		return {facts: 0, charts: height};
	}

	// A blank line parts facts from the charts below.
	const needed = factLines + 1;
	return height - needed < LEAST_BELOW_FACTS
		? {facts: height, charts: 0}
		: {facts: needed, charts: height - needed};
}
