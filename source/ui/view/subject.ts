import type {ClusterRow, Row, Subject} from '../../metrics/model/row.ts';
import type {Source, View} from '../../metrics/model/view.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {selectedRow} from '../state/selection.ts';

/** The object of the page; undefined if there is none or it no longer exists. */
export function subjectOf(
	state: ScreenState,
	source: Pick<Source, 'find'>,
	cluster: ClusterRow,
	nowMs: number,
): Subject | undefined {
	const {subject} = currentPage(state);
	return subject?.level === 'cluster'
		? cluster
		: subject && source.find(subject.level, subject.id, state.cursor, nowMs);
}

/** The row that keys apply to: the selected one, or the object of a page without a table. */
export function rowInFocus(
	state: ScreenState,
	view: View | undefined,
	subject: Subject | undefined,
): Row | undefined {
	return view === undefined ? rowOf(subject) : selectedRow(state, view.rows);
}

/** The object as a row; undefined for the cluster. */
export function rowOf(subject: Subject | undefined): Row | undefined {
	return subject?.kind === 'cluster' ? undefined : subject;
}

/** The id of the row's node; undefined for namespaces and the cluster. */
export function nodeIdOf(row: Subject): string | undefined {
	switch (row.kind) {
		case 'node':
			return row.id;
		case 'pod':
		case 'container':
		case 'process':
			return row.nodeId;
		case 'namespace':
		case 'group':
		case 'workload':
		case 'cluster':
			return undefined;
		case 'tree':
		case 'problem':
			return nodeIdOf(row.of);
	}
}
