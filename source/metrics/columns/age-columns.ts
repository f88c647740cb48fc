import type {Column} from '../model/column.ts';
import type {Row, Usage} from '../model/row.ts';
import {firstOf, onlyFor} from '../reasons/reason.ts';
import {whyUnread} from '../reasons/unmeasured.ts';

export const age = <R extends Row>(createdAtMs: (row: R) => number | undefined): Column<R> => ({
	id: 'age',
	heading: 'AGE',
	unit: 'durationMs',
	explanation: 'Time since it was created; without an API server, since it was started.',
	value: (row, nowMs) => {
		const sinceMs = createdAtMs(row);
		return sinceMs === undefined ? undefined : Math.max(nowMs - sinceMs, 0);
	},
	why: onlyFor(
		['node', 'pod', 'container', 'workload'],
		firstOf(whyUnread, 'neither the API server nor the node reports when it was started'),
	),
});

export const sampleAge = <R extends Row & Usage>(): Column<R> => ({
	id: 'data-age',
	heading: 'DATA',
	fullHeading: 'AGE OF DATA',
	unit: 'durationMs',
	explanation: 'Time since the newest sample arrived; kubelets refresh theirs every 10 to 20 s.',
	value: (row, nowMs) => (row.receivedAtMs === undefined ? undefined : Math.max(nowMs - row.receivedAtMs, 0)),
	why: firstOf(whyUnread, 'there is no sample'),
});
