import {type Column, isText} from '../model/column.ts';
import {labelsOf} from '../model/labels.ts';
import type {Row} from '../model/row.ts';
import {groupBy} from './group-by.ts';
import {compareIdentity} from './identity.ts';
import {compareNatural} from './natural-order.ts';

/** What rows are grouped by: the id of a column of texts, or `label:` and the name of a label. */
export type GroupKey = string;

export const LABEL = 'label:';

export type GroupedRows<R extends Row> = {
	/** Undefined: all rows are one group. */
	readonly by: GroupKey | undefined;
	/** The rows group by group, in a group by name. */
	readonly rows: readonly R[];
	readonly groups: readonly RowGroup[];
};

/** A part of the rows; `name` is undefined for those without a value. */
export type RowGroup = {readonly name: string | undefined; readonly count: number};

/**
 * Groups rows by a key; groups are in the order of their names, the one without a name is the last. The order of `before` is
 * kept if it has the same rows in the same groups, which costs less than to compare their names.
 */
export function groupRows<R extends Row>(
	rows: readonly R[],
	columns: ReadonlyArray<Column<R>>,
	by: GroupKey | undefined,
	nowMs: number,
	before?: GroupedRows<R>,
): GroupedRows<R> {
	const textOf = by === undefined ? undefined : groupValue(columns, by);
	if (before !== undefined && before.by === (textOf && by)) {
		const kept = inOrderOf(before, rows, row => textOf?.(row, nowMs));
		if (kept !== undefined) {
			return {...before, rows: kept};
		}
	}

	if (textOf === undefined) {
		return {
			by: undefined,
			rows: [...rows].sort(compareIdentity),
			groups: [{name: undefined, count: rows.length}],
		};
	}

	// No value of a column or a label is empty.
	const groups = [...groupBy(rows, row => textOf(row, nowMs) ?? '')].sort(([one], [other]) =>
		one === '' || other === '' ? Number(one === '') - Number(other === '') : compareNatural(one, other),
	);
	return {
		by,
		rows: groups.flatMap(([, members]) => [...members].sort(compareIdentity)),
		groups: groups.map(([name, members]) => ({name: name === '' ? undefined : name, count: members.length})),
	};
}

/** The rows in the places that they have in `before`; undefined if rows or their groups are others. */
function inOrderOf<R extends Row>(
	before: GroupedRows<R>,
	rows: readonly R[],
	groupOf: (row: R) => string | undefined,
): readonly R[] | undefined {
	if (before.rows.length !== rows.length) {
		return undefined;
	}

	const byId = new Map(rows.map(row => [row.id, row]));
	const kept: R[] = [];
	for (const {name, count} of before.groups) {
		for (let end = kept.length + count; kept.length < end; ) {
			const row = byId.get(before.rows[kept.length]?.id ?? '');
			if (row === undefined || groupOf(row) !== name) {
				return undefined;
			}

			kept.push(row);
		}
	}

	return kept;
}

/** The first of some keys of which a row has a value; undefined if there is none. */
export function firstKnownKey<R extends Row>(
	rows: readonly R[],
	columns: ReadonlyArray<Column<R>>,
	keys: readonly GroupKey[],
	nowMs: number,
): GroupKey | undefined {
	return keys.find(key => {
		const textOf = groupValue(columns, key);
		return textOf !== undefined && rows.some(row => textOf(row, nowMs) !== undefined);
	});
}

type ValueOf<R extends Row> = (row: R, nowMs: number) => string | undefined;

/** The text of a row that a key names; undefined if no column has that id. */
export function groupValue<R extends Row>(
	columns: ReadonlyArray<Column<R>>,
	key: GroupKey,
): ValueOf<R> | undefined {
	if (key.startsWith(LABEL)) {
		const name = key.slice(LABEL.length);
		return row => labelsOf(row)?.[name] || undefined;
	}

	const column = columns.find(({id, unit}) => id === key && isText(unit));
	return (
		column &&
		((row, nowMs) => {
			const value = column.value(row, nowMs);
			return typeof value === 'string' && value !== '' ? value : undefined;
		})
	);
}
