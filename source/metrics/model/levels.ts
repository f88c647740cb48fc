import type {Level, ListLevel, PrintedLevel} from './view.ts';

export const LIST_LEVELS = [
	'nodes',
	'pods',
	'containers',
	'namespaces',
	'workloads',
	'processes',
] as const satisfies readonly ListLevel[];

/** The tables in the order of their keys and tabs. */
export const LEVELS = [
	'nodes',
	'pods',
	'containers',
	'namespaces',
	'tree',
	'workloads',
] as const satisfies readonly Level[];

/** The lists that commands print. */
export const PRINTED_LEVELS = [...LIST_LEVELS, 'problems'] as const satisfies readonly PrintedLevel[];

/** Everything that has columns. */
export const TABLES = [...LEVELS, 'processes', 'problems'] as const satisfies readonly Level[];
