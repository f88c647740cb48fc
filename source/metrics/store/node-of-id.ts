/** The node that a row is on, with whose id that of the row begins. */
export function nodeIdIn(id: string, nodes: ReadonlyMap<string, unknown>): string | undefined {
	for (let end = id.indexOf('/'); end !== -1; end = id.indexOf('/', end + 1)) {
		const key = id.slice(0, end);
		if (nodes.has(key)) {
			return key;
		}
	}

	return nodes.has(id) ? id : undefined;
}
