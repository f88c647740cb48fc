import {clusterOfRow} from '../model/cluster-of-row.ts';
import type {Column} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import {text} from './column-kinds.ts';
import {type DisplayColumn, flexible} from './display-column.ts';

export const cluster = <R extends Row>(): Column<R> => ({
	...text<R>(
		'cluster',
		'CLUSTER',
		'The cluster, by the name of its context, where several are read.',
		row => clusterOfRow(row),
		row => (row.kind === 'group' ? 'it has rows of several' : 'only one is read'),
	),
	needsClusters: true,
});

/** Before all others of any table where several clusters are read, and before most of them where there is little room. */
export const CLUSTER_DISPLAY: DisplayColumn = flexible('cluster', 2.5, 7, 24);
