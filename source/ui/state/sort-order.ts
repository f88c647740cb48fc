/** The column that rows are ordered by, and from which end. */
export type SortOrder = {readonly column: string; readonly isDescending: boolean};

export const BY_CPU: SortOrder = {column: 'cpu', isDescending: true};

const TEXT_COLUMNS: ReadonlySet<string> = new Set([
	'name',
	'namespace',
	'pod',
	'node',
	'state',
	'kind',
	'status',
	'roles',
	'ready',
	'workload',
	'qos',
	'image',
	'last',
	'version',
	'os',
	'taints',
	'route',
	'volume',
	'oom',
]);

/** A column's first order: text from A on, numbers from the largest. */
export function firstOrder(column: string): SortOrder {
	return {column, isDescending: !TEXT_COLUMNS.has(column)};
}
