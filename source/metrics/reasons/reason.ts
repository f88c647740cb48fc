import type {Column, Surroundings, Why} from '../model/column.ts';
import {objectOfRow} from '../model/object-of-row.ts';
import type {ObjectRow, Row} from '../model/row.ts';

/**
 * Answers for one figure of one row: why is it unknown? Each column brings its own reason (`Column.why`), made of two
 * families: `unmeasured.ts` for figures that a node's samples bring, `unlisted.ts` for what the API server lists.
 */

/** Why a column has no value for a row. Columns without a reason are always known. */
export function reasonOf(column: Column<Row>, row: Row, around: Surroundings): string {
	return column.why?.(objectOfRow(row), around) ?? 'the source does not report it';
}

/** The first reason that holds. */
export function firstOf(
	...causes: readonly [
		...ReadonlyArray<(row: ObjectRow, around: Surroundings) => string | undefined>,
		last: Why | string,
	]
): Why {
	return (row, around) => {
		for (const cause of causes) {
			const reason = typeof cause === 'string' ? cause : cause(row, around);
			if (reason !== undefined) {
				return reason;
			}
		}

		return '';
	};
}

/** Limits a figure to some kinds of rows. The reason of all other kinds is that they do not have it. */
export const onlyFor =
	(kinds: ReadonlyArray<ObjectRow['kind']>, why: Why): Why =>
	(row, around) =>
		kinds.includes(row.kind)
			? why(row, around)
			: `only ${inWords(kinds.map(kind => `${kind}s`))} report this`;

/** `a, b and c`. `Intl.ListFormat` would load its data at each start, which is a twentieth of the CPU time of a snapshot. */
function inWords(names: readonly string[]): string {
	const last = names.at(-1) ?? '';
	return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
}
