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
	/** For each of `rows`, its index among the rows that were grouped. */
	readonly places: Uint32Array;
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
			return {...before, ...kept};
		}
	}

	if (textOf === undefined) {
		const sorted = [...rows].sort(compareIdentity);
		return {
			by: undefined,
			rows: sorted,
			groups: [{name: undefined, count: rows.length}],
			places: placesOf(sorted, rows),
		};
	}

	// No value of a column or a label is empty.
	const groups = [...groupBy(rows, row => textOf(row, nowMs) ?? '')].sort(([one], [other]) =>
		one === '' || other === '' ? Number(one === '') - Number(other === '') : compareNatural(one, other),
	);
	const sorted = groups.flatMap(([, members]) => [...members].sort(compareIdentity));
	return {
		by,
		rows: sorted,
		places: placesOf(sorted, rows),
		groups: groups.map(([name, members]) => ({name: name === '' ? undefined : name, count: members.length})),
	};
}

/** The rows in the places that they have in `before`; undefined if rows or their groups are others. */
function inOrderOf<R extends Row>(
	before: GroupedRows<R>,
	rows: readonly R[],
	groupOf: (row: R) => string | undefined,
): Pick<GroupedRows<R>, 'rows' | 'places'> | undefined {
	if (before.rows.length !== rows.length) {
		return undefined;
	}

	// Samples change no row's place in a list by name, so mostly no row has to be looked for.
	const isSameOrder = before.rows.every(({id}, index) => rows[before.places[index] ?? 0]?.id === id);
	const places = isSameOrder ? before.places : placesOf(before.rows, rows);
	const kept: R[] = [];
	for (const {name, count} of before.groups) {
		for (let end = kept.length + count; kept.length < end; ) {
			const known = before.rows[kept.length];
			const row = rows[places[kept.length] ?? 0];
			if (row === undefined || row.id !== known?.id || (row !== known && groupOf(row) !== name)) {
				return undefined;
			}

			kept.push(row);
		}
	}

	return {rows: kept, places};
}

/** Where each row is in a list; 0 for one that is not in it. */
function placesOf(rows: readonly Row[], list: readonly Row[]): Uint32Array {
	const byId = new Map(list.map(({id}, index) => [id, index]));
	return Uint32Array.from(rows, ({id}) => byId.get(id) ?? 0);
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
