import type {Column} from '../../../metrics/model/column.ts';
import {type Condition, conditionOf} from '../../../metrics/model/condition.ts';
import {objectOfRow} from '../../../metrics/model/object-of-row.ts';
import type {Row} from '../../../metrics/model/row.ts';
import type {RowGroup} from '../../../metrics/view/group-rows.ts';
import {niceTop} from '../../format/axis.ts';
import {widthOf} from '../../format/width.ts';

/** What a map shows of its rows, in their order. */
export type MapFigures = {
	readonly column: Column<Row>;
	/** The value of ten tenths: 1 for shares, else a round number above all values. */
	readonly top: number;
	/** NaN for unknown values. */
	readonly values: Float64Array;
	readonly conditions: readonly Condition[];
	readonly groups: readonly GroupFigures[];
	/** Those that the figures are of. */
	readonly of: readonly RowGroup[];
	/** The width of the longest name, at most `MAX_NAME`. */
	readonly nameWidth: number;
};

/** Mean and most of the known values; undefined if there are none. */
export type GroupFigures = {
	readonly mean: number | undefined;
	readonly most: number | undefined;
	readonly troubled: number;
};

const MAX_NAME = 24;

/** `before`: figures that may be of the same rows with other samples, whose names need not be measured again. */
export function mapFigures(
	column: Column<Row>,
	rows: readonly Row[],
	groups: readonly RowGroup[],
	nowMs: number,
	before?: MapFigures,
): MapFigures {
	const values = new Float64Array(rows.length);
	const conditions: Condition[] = [];
	let highest = 0;
	// Groups are kept as long as their rows are the same.
	const known = before !== undefined && before.of === groups ? before.nameWidth : undefined;
	let nameWidth = known ?? 0;
	for (const [index, row] of rows.entries()) {
		const value = column.value(row, nowMs);
		const figure = typeof value === 'number' ? value : Number.NaN;
		values[index] = figure;
		highest = Math.max(highest, Number.isNaN(figure) ? 0 : figure);
		conditions.push(conditionOf(objectOfRow(row)));
		nameWidth =
			known === undefined && nameWidth < MAX_NAME ? Math.max(nameWidth, widthOf(row.name)) : nameWidth;
	}

	let start = 0;
	return {
		column,
		top: isShare(column) ? 1 : niceTop(highest, column.unit === 'bytes' ? 'binary' : 'decimal'),
		values,
		conditions,
		groups: groups.map(({count}) => {
			start += count;
			return groupFigures(values.subarray(start - count, start), conditions.slice(start - count, start));
		}),
		of: groups,
		nameWidth: Math.min(nameWidth, MAX_NAME),
	};
}

export function isShare({unit}: Column<Row>): boolean {
	return unit === 'ratio';
}

function groupFigures(values: Float64Array, conditions: readonly Condition[]): GroupFigures {
	const known = values.filter(value => !Number.isNaN(value));
	return {
		mean: known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length,
		most: known.length === 0 ? undefined : known.reduce((most, value) => Math.max(most, value)),
		troubled: conditions.filter(condition => condition === 'troubled').length,
	};
}
