import type {Column} from './column.ts';
import {columnsOf} from './columns.ts';
import {parseFilter} from './filter.ts';
import type {Row} from './row.ts';
import type {Level, ListLevel, Query, RowOf, View} from './view.ts';

const collator = new Intl.Collator('en', {numeric: true});

/** What rows are told apart by where the sorted column says the same: namespace, pod and name. */
function identity(row: Row): string {
	switch (row.kind) {
		case 'node':
		case 'namespace':
			return row.name;
		case 'tree':
			return identity(row.of);
		case 'pod':
			return `${row.namespace}/${row.name}`;
		case 'container':
			return `${row.pod?.namespace ?? ''}/${row.pod?.name ?? ''}/${row.name}`;
	}
}

/** Filters and sorts one level's rows; the default order is by CPU, busiest first. */
export function selectRows<L extends ListLevel>(
	query: Query<L>,
	rows: ReadonlyArray<RowOf[L]>,
	nowMs: number,
	atMs: number,
): View<L> {
	const columns = columnsOf(query.level);
	const filter = parseFilter<RowOf[L]>(query.filter ?? '', columns);
	const kept =
		filter.kind === 'ok' && (query.filter ?? '') !== '' ? rows.filter(row => filter.test(row, nowMs)) : rows;
	return {
		level: query.level,
		columns,
		rows: sortRows(columns, query.sort, kept, nowMs),
		total: rows.length,
		atMs,
		filterProblem: filter.kind === 'problem' ? filter.problem : undefined,
	};
}

/** In the order of a column, ties by name; by the first column where there is none of that id. */
export function sortRows<R extends Row>(
	columns: ReadonlyArray<Column<R>>,
	sort: Query<Level>['sort'],
	rows: readonly R[],
	nowMs: number,
): readonly R[] {
	const {column: id, isDescending} = sort ?? {column: 'cpu', isDescending: true};
	const column = columns.find(candidate => candidate.id === id) ?? columns[0];
	if (column === undefined) {
		return rows;
	}

	// Keys are taken once a row: a comparison sort would otherwise read each of 150,000 rows some 17 times.
	const keyed = rows.map(row => ({row, key: column.value(row, nowMs), identity: identity(row)}));
	const sign = isDescending ? -1 : 1;
	keyed.sort((a, b) => {
		if (a.key === undefined || b.key === undefined) {
			// Unknown goes last whichever way the column is sorted.
			const order = Number(a.key === undefined) - Number(b.key === undefined);
			return order === 0 ? compareText(a.identity, b.identity) : order;
		}

		const order =
			typeof a.key === 'number' && typeof b.key === 'number'
				? a.key - b.key
				: compareText(String(a.key), String(b.key));
		return order === 0 ? compareText(a.identity, b.identity) : sign * order;
	});
	return keyed.map(({row}) => row);
}

/** `node-9` before `node-10`; the collator is slow, so equal beginnings and plain differences skip it. */
function compareText(a: string, b: string): number {
	return a === b ? 0 : collator.compare(a, b);
}
