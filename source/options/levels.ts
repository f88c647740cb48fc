import type {Level, ListLevel} from '../metrics/model/view.ts';

export const LIST_LEVELS = [
	'nodes',
	'pods',
	'containers',
	'namespaces',
] as const satisfies readonly ListLevel[];
export const LEVELS = [...LIST_LEVELS, 'tree'] as const satisfies readonly Level[];

/** The names of each level on the command line, including kubectl's singular and short names. */
const WORDS: Readonly<Record<ListLevel, readonly string[]>> = {
	nodes: ['nodes', 'node', 'no'],
	pods: ['pods', 'pod', 'po'],
	containers: ['containers', 'container'],
	namespaces: ['namespaces', 'namespace', 'ns'],
};

export function levelOf(word: string): ListLevel | undefined {
	return LIST_LEVELS.find(level => WORDS[level].includes(word));
}
