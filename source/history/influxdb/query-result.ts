/** One series of an answer: its tags where the query groups by some, and its rows. */
export type InfluxdbSeries = {
	readonly name: string | undefined;
	readonly tags: Readonly<Record<string, string>>;
	readonly columns: readonly string[];
	readonly values: ReadonlyArray<readonly unknown[]>;
};

/** What one statement gave. */
export type StatementResult =
	| {readonly kind: 'ok'; readonly series: readonly InfluxdbSeries[]; readonly isPartial: boolean}
	/** The status was 200 all the same: it is sent before the statement is executed. */
	| {readonly kind: 'error'; readonly error: string};

type Fields = {readonly [name: string]: unknown};

/**
 * The results of POST /query (InfluxDB 1.x and what speaks like it), a statement each; undefined where the body is no
 * such answer. No data is no series, and no error.
 */
export function decodeQueryResult(body: string): readonly StatementResult[] | undefined {
	const answer = parse(body);
	return isFields(answer) && Array.isArray(answer.results)
		? answer.results.filter(isFields).map(decodeStatement)
		: undefined;
}

function decodeStatement(statement: Fields): StatementResult {
	if (typeof statement.error === 'string') {
		return {kind: 'error', error: statement.error};
	}

	const series = Array.isArray(statement.series) ? statement.series.filter(isFields) : [];
	return {
		kind: 'ok',
		series: series.map(decodeSeries),
		isPartial: statement.partial === true || series.some(({partial}) => partial === true),
	};
}

function decodeSeries({name, tags, columns, values}: Fields): InfluxdbSeries {
	return {
		name: typeof name === 'string' ? name : undefined,
		tags: isFields(tags)
			? Object.fromEntries(
					Object.entries(tags).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
				)
			: {},
		columns: Array.isArray(columns) ? columns.map(String) : [],
		values: Array.isArray(values) ? values.filter(row => Array.isArray(row)) : [],
	};
}

function parse(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
