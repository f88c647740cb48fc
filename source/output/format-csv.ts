import {type Column, isText, type NumberUnit} from '../metrics/model/column.ts';
import {printable} from '../metrics/model/printable.ts';
import type {Level, RowOf, View} from '../metrics/model/view.ts';

/** Suffixes of headings, because the numbers have no unit. */
const UNIT_NAMES: Readonly<Record<NumberUnit, string>> = {
	count: '',
	cores: '_cores',
	bytes: '_bytes',
	bytesPerSecond: '_bytes_per_second',
	perSecond: '_per_second',
	ratio: '_ratio',
	durationMs: '_seconds',
};

/** Spreadsheets evaluate text that starts like this as a formula, some of them the fullwidth forms too. */
const FORMULA = /^[=+\-@＝＋－＠]/;

/**
 * One level as CSV (RFC 4180): a heading, then numbers in base units. Unknown values are empty. `hasClusters`: whether
 * several clusters are read.
 */
export function formatCsv<L extends Level>(
	view: View<L>,
	nowMs: number,
	hasHeading: boolean,
	hasClusters = false,
): string {
	return [...csvLines(view, nowMs, hasHeading, hasClusters)].join('');
}

/** The same line by line. */
export function* csvLines<L extends Level>(
	{rows, columns: all}: View<L>,
	nowMs: number,
	hasHeading: boolean,
	hasClusters = false,
): Iterable<string> {
	const columns = all.filter(({needsClusters}) => hasClusters || needsClusters !== true);
	if (hasHeading) {
		yield `${columns.map(headingOf).join(',')}\r\n`;
	}

	for (const row of rows) {
		yield `${columns.map(column => cell(column, row, nowMs)).join(',')}\r\n`;
	}
}

function headingOf({id, unit}: Pick<Column, 'id' | 'unit'>): string {
	const name = id
		.replace('%', unit === 'ratio' ? '_of_' : '')
		.replace(/_of_$/, '')
		.replaceAll('-', '_');
	return isText(unit) ? name : `${name}${UNIT_NAMES[unit]}`;
}

function cell<L extends Level>(column: Column<RowOf[L]>, row: RowOf[L], nowMs: number): string {
	const value = column.value(row, nowMs);
	if (value === undefined) {
		return '';
	}

	if (typeof value === 'number') {
		return String(column.unit === 'durationMs' ? Math.round(value) / 1000 : Number(value.toPrecision(15)));
	}

	const text = printable(value);
	const safe = FORMULA.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
