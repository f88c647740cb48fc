/** The node of a row of a store, with whose name its id begins; names hold no slash. */
export function nodeIdOf(id: string): string {
	return id.slice(0, Math.max(id.indexOf('/'), 0));
}
