import {ShortTurns} from '../../http/short-turns.ts';
import {isJsonObject, type JsonObject, parseJson} from '../../metrics/model/json.ts';
import {type LongArray, piecesOfAnswer} from '../store/pieces-of-answer.ts';

/** One series of a statement's result. `tags` are those of GROUP BY. */
export type InfluxdbSeries = {
	readonly name: string | undefined;
	readonly tags: Readonly<Record<string, string>>;
	readonly columns: readonly string[];
	readonly values: ReadonlyArray<readonly unknown[]>;
};

/** The result of one statement. */
export type StatementResult =
	| {readonly kind: 'ok'; readonly series: readonly InfluxdbSeries[]; readonly isPartial: boolean}
	/** Comes with status 200, which InfluxDB sends before it executes the statement. */
	| {readonly kind: 'error'; readonly error: string};

/**
 * The response of POST /query (InfluxDB 1.x and compatible servers), one result per statement. Undefined if the body is
 * not such a response. A statement without data has no series.
 */
export function decodeQueryResult(body: string): readonly StatementResult[] | undefined {
	const answer = parseJson(body);
	return isJsonObject(answer) && Array.isArray(answer.results)
		? answer.results.filter(isJsonObject).map(decodeStatement)
		: undefined;
}

/** What is between the results of two statements, and in a result between two series. */
const STATEMENTS: LongArray = {before: '{"results":[', between: '},{"statement_id":', behind: [']}']};
const SERIES: LongArray = {before: '"series":[', between: '},{"name":', behind: [']}]}']};

/** The same, in short turns of the event loop: the series of all nodes of a large cluster are some megabytes. */
export async function decodeQueryResultInTurns(
	body: string,
): Promise<readonly StatementResult[] | undefined> {
	const turns = new ShortTurns();
	const results: StatementResult[] = [];
	for (const statement of piecesOfAnswer(body, STATEMENTS, 0)) {
		const series: InfluxdbSeries[] = [];
		let isPartial = false;
		for (const piece of piecesOfAnswer(statement, SERIES)) {
			const [result, ...others] = decodeQueryResult(piece) ?? [];
			if (result?.kind !== 'ok' || others.length > 0) {
				// An error, or another format than was expected.
				return decodeQueryResult(body);
			}

			for (const one of result.series) {
				series.push(one);
			}

			isPartial ||= result.isPartial;
			await turns.rest();
		}

		results.push({kind: 'ok', series, isPartial});
	}

	return results;
}

function decodeStatement(statement: JsonObject): StatementResult {
	if (typeof statement.error === 'string') {
		return {kind: 'error', error: statement.error};
	}

	const series = Array.isArray(statement.series) ? statement.series.filter(isJsonObject) : [];
	return {
		kind: 'ok',
		series: series.map(decodeSeries),
		isPartial: statement.partial === true || series.some(({partial}) => partial === true),
	};
}

function decodeSeries({name, tags, columns, values}: JsonObject): InfluxdbSeries {
	return {
		name: typeof name === 'string' ? name : undefined,
		tags: isJsonObject(tags)
			? Object.fromEntries(
					Object.entries(tags).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
				)
			: {},
		// Not `String`, which throws for an object without `toString`.
		columns: Array.isArray(columns) ? columns.map(column => (typeof column === 'string' ? column : '')) : [],
		values: Array.isArray(values) ? values.filter(row => Array.isArray(row)) : [],
	};
}
