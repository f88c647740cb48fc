import type {ClusterRow, Row, Subject} from '../../metrics/model/row.ts';
import type {Source, View} from '../../metrics/model/view.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {selectedRow} from '../state/selection.ts';

/** The object that the page is of; undefined when it has none, or that is gone. */
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

/** The row that a key is about: the selected one, on a page without a table its subject. */
export function rowInFocus(
	state: ScreenState,
	view: View | undefined,
	subject: Subject | undefined,
): Row | undefined {
	return view === undefined ? rowOf(subject) : selectedRow(state, view.rows);
}

/** A subject as a row; the whole cluster is none. */
export function rowOf(subject: Subject | undefined): Row | undefined {
	return subject?.kind === 'cluster' ? undefined : subject;
}

/** The node whose samples a row is of. */
export function nodeIdOf(row: Subject): string | undefined {
	switch (row.kind) {
		case 'node':
			return row.id;
		case 'pod':
		case 'container':
			return row.nodeId;
		case 'namespace':
		case 'cluster':
			return undefined;
		case 'tree':
			return nodeIdOf(row.of);
	}
}
