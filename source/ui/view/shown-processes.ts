import type {Page} from '../state/page.ts';

type Shown = Pick<Page, 'level' | 'scope' | 'tree'>;

/** The node whose processes a page shows, `all` nodes, or undefined: in their table, and in a tree with open rows. */
export function shownProcesses({level, scope, tree}: Shown): string | 'all' | undefined {
	return level === 'processes' || (level === 'tree' && tree.open.size > 0)
		? (scope.nodeId ?? 'all')
		: undefined;
}
