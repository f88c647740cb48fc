import type {Row} from '../../metrics/model/row.ts';
import type {Namespaces} from '../../metrics/model/view.ts';
import {newPage} from './page.ts';
import type {ScreenState} from './screen-state.ts';
import {selectedRow} from './selection.ts';
import type {Visible} from './visible.ts';

/** Switches all tables between all namespaces and that of the selected row. */
export function switchNamespace(state: ScreenState, {rows}: Visible): ScreenState {
	const [first] = state.pages;
	const row = selectedRow(state, rows);
	const namespace = first.scope.namespaces === undefined && row ? namespaceOf(row) : undefined;
	const namespaces = namespace === undefined ? undefined : [namespace];
	if (namespaces === undefined && first.scope.namespaces === undefined) {
		return {...state, message: 'this row has no namespace: select a pod, a container or a namespace for N'};
	}

	return narrow(state, namespaces);
}

/** Shows only these namespaces, or all if undefined, in every table. */
export function narrow(state: ScreenState, namespaces: Namespaces): ScreenState {
	const [first] = state.pages;
	// The tables of nodes and namespaces do not depend on the namespace, so show its pods instead.
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
		case 'group':
			return undefined;
		case 'pod':
		case 'workload':
			return row.namespace;
		case 'container':
			return row.pod?.namespace;
		case 'process':
			return row.container?.pod?.namespace;
		case 'namespace':
			return row.name;
		case 'tree':
		case 'problem':
			return namespaceOf(row.of);
	}
}
