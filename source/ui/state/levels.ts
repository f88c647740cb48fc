import type {Level} from '../../metrics/model/view.ts';

/** The tables in the order of their keys and tabs. */
export const LEVELS: readonly Level[] = ['nodes', 'pods', 'containers', 'namespaces', 'tree'];
