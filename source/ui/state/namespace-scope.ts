import type {Row} from '../../metrics/model/row.ts';
import {newPage} from './page.ts';
import type {ScreenState} from './screen-state.ts';
import {selectedRow} from './selection.ts';
import type {Visible} from './visible.ts';

/** From all namespaces to that of the selected row, and from some to all, on every level from then on. */
export function switchNamespace(state: ScreenState, {rows}: Visible): ScreenState {
	const [first] = state.pages;
	const row = selectedRow(state, rows);
	const namespace = first.scope.namespaces === undefined && row ? namespaceOf(row) : undefined;
	const namespaces = namespace === undefined ? undefined : [namespace];
	if (namespaces === undefined && first.scope.namespaces === undefined) {
		return {...state, message: 'this row is in no namespace: N narrows to that of a pod or a container'};
	}

	// A namespace changes nothing in the rows of nodes and namespaces: its pods are shown instead.
	const level = first.level === 'nodes' || first.level === 'namespaces' ? 'pods' : (first.level ?? 'pods');
	const kept = namespaces === undefined ? first.level : level;
	return {
		...state,
		pages: [
			{
				...newPage(kept, {namespaces}, undefined, state.memory),
				tree: first.tree,
				...(kept === first.level ? {sort: first.sort} : {}),
			},
		],
	};
}

function namespaceOf(row: Row): string | undefined {
	switch (row.kind) {
		case 'node':
			return undefined;
		case 'pod':
			return row.namespace;
		case 'container':
			return row.pod?.namespace;
		case 'namespace':
			return row.name;
		case 'tree':
			return namespaceOf(row.of);
	}
}
