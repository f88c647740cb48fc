import type {Column} from './column.ts';
import type {NodeRow, Row, TreeRow} from './row.ts';

/** What a row does not say of itself, and the reasons for what it lacks are made of. */
export type Surroundings = {
	/** The node that a pod or a container is on; undefined for other rows, and where nothing is known of it. */
	readonly node: NodeRow | undefined;
	/** Whether the row is of a moment of the past. */
	readonly isPast: boolean;
	/** Whether an API server tells who is there. */
	readonly hasInventory: boolean;
	readonly nowMs: number;
	/** For how long there have been samples. */
	readonly watchedMs: number;
};

/** A row that is something, and not a line of a tree. */
export type ObjectRow = Exclude<Row, TreeRow>;

/** Why a row has no value: a few words, that begin small and end without a full stop. */
export type Why = (row: ObjectRow, around: Surroundings) => string;

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
