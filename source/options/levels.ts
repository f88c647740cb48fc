import {PRINTED_LEVELS} from '../metrics/model/levels.ts';
import type {PrintedLevel} from '../metrics/model/view.ts';

/** The names of each level on the command line, including kubectl's singular and short names. */
const WORDS: Readonly<Record<PrintedLevel, readonly string[]>> = {
	nodes: ['nodes', 'node', 'no'],
	pods: ['pods', 'pod', 'po'],
	containers: ['containers', 'container'],
	namespaces: ['namespaces', 'namespace', 'ns'],
	workloads: ['workloads', 'workload', 'wl'],
	processes: ['processes', 'process', 'ps'],
	problems: ['problems', 'problem'],
};

export function levelOf(word: string): PrintedLevel | undefined {
	return PRINTED_LEVELS.find(level => WORDS[level].includes(word));
}
