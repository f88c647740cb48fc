/** What a key or the mouse asks for. */
export type Action =
	| {readonly type: 'move'; readonly by: number}
	| {readonly type: 'page'; readonly by: number}
	| {readonly type: 'first'}
	| {readonly type: 'last'}
	| {readonly type: 'open'}
	| {readonly type: 'back'}
	/** In a tree; elsewhere as `open` and `back`. */
	| {readonly type: 'expand'}
	| {readonly type: 'collapse'}
	/** From all namespaces to the selected row's, and back. */
	| {readonly type: 'namespace'}
	| {readonly type: 'level'; readonly index: number}
	/** All nodes together, in charts above their table. */
	| {readonly type: 'cluster'}
	| {readonly type: 'next-level'; readonly by: number}
	| {readonly type: 'filter'}
	| {readonly type: 'sort-by'; readonly column: string}
	| {readonly type: 'sort-next'; readonly by: number}
	| {readonly type: 'reverse'}
	| {readonly type: 'pause'}
	| {readonly type: 'step'; readonly by: number}
	| {readonly type: 'window'}
	| {readonly type: 'interval'; readonly by: number}
	/** Only the figures, to have room for more of them. */
	| {readonly type: 'wide'}
	/** Which columns are shown, and in which order. */
	| {readonly type: 'columns'}
	/** Facts about the page's subject in place of its charts. */
	| {readonly type: 'facts'}
	/** What crossed a threshold. */
	| {readonly type: 'events'}
	| {readonly type: 'mark'}
	| {readonly type: 'unmark'}
	/** Whether the selection stays with its row or at its place. */
	| {readonly type: 'follow'}
	| {readonly type: 'copy'}
	| {readonly type: 'hand-over'; readonly to: 'logs' | 'shell'}
	| {readonly type: 'explain'}
	| {readonly type: 'help'}
	| {readonly type: 'redraw'}
	| {readonly type: 'suspend'}
	| {readonly type: 'quit'};
