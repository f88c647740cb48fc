import type {Level, ListLevel} from './view.ts';

export const LIST_LEVELS = [
	'nodes',
	'pods',
	'containers',
	'namespaces',
	'workloads',
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
