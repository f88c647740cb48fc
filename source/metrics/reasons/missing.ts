import type {Column, ObjectRow, Surroundings, Why} from '../model/column.ts';
import type {Row} from '../model/row.ts';

/** Why a column has no value for a row; of one that is always known, that the source does not tell it. */
export function whyMissing(column: Column<Row>, row: Row, around: Surroundings): string {
	return column.why?.(row.kind === 'tree' ? row.of : row, around) ?? 'the source does not tell it';
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

/** Of some kinds of rows there is no such thing. */
export const toldOf =
	(kinds: ReadonlyArray<ObjectRow['kind']>, why: Why): Why =>
	(row, around) =>
		kinds.includes(row.kind)
			? why(row, around)
			: `it is told of ${kinds.map(kind => `${kind}s`).join(', ')} alone`;
