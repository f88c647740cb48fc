import {LIST_LEVELS} from '../metrics/model/levels.ts';
import type {ListLevel} from '../metrics/model/view.ts';

/** The names of each level on the command line, including kubectl's singular and short names. */
const WORDS: Readonly<Record<ListLevel, readonly string[]>> = {
	nodes: ['nodes', 'node', 'no'],
	pods: ['pods', 'pod', 'po'],
	containers: ['containers', 'container'],
	namespaces: ['namespaces', 'namespace', 'ns'],
	workloads: ['workloads', 'workload', 'wl'],
};

export function levelOf(word: string): ListLevel | undefined {
	return LIST_LEVELS.find(level => WORDS[level].includes(word));
}
