/** VictoriaMetrics rejects longer queries (`-search.maxQueryLen`). What they consist of is ASCII. */
const MAX_QUERY_LENGTH = 16_384;

/**
 * One query about all items (names of nodes, subjects), or several about parts of them where one would be too long. None
 * where there is no such query.
 */
export function queriesWithin<T>(
	items: readonly T[],
	queryOf: (items: readonly T[]) => string | undefined,
): readonly string[] {
	const query = queryOf(items);
	if (query === undefined) {
		return [];
	}

	const half = Math.ceil(items.length / 2);
	return query.length <= MAX_QUERY_LENGTH || items.length < 2
		? [query]
		: [...queriesWithin(items.slice(0, half), queryOf), ...queriesWithin(items.slice(half), queryOf)];
}
