import type {HistoryStore} from '../../store/history-store.ts';
import {MAX_SUBJECTS} from '../../store/query-bounds.ts';
import {type InfluxdbOptions, influxdbClient} from '../client.ts';
import type {InfluxdbSeries} from '../query-result.ts';
import {hasImplausible, type MomentStatement, momentEntries, momentStatements} from './moment-query.ts';
import {probeInfluxdb} from './probe-schema.ts';
import type {InfluxdbSchema} from './schemas/schema.ts';
import {seriesPoints, seriesQuery} from './series-query.ts';

export type InfluxdbStoreOptions = InfluxdbOptions & {
	/** Undefined: Heapster's `default` if Heapster wrote the database, otherwise the database's default policy. */
	readonly retentionPolicy: string | undefined;
};

/** Queries of a whole cluster that run at once; the store serves others too. */
const LANES = 2;

/** History in InfluxDB as written by Heapster, `ktop record`, Telegraf or cAdvisor. */
export function influxdbStore(options: InfluxdbStoreOptions): HistoryStore {
	const client = influxdbClient(options);
	let found: InfluxdbSchema | undefined;
	const schemaOf = async (signal: AbortSignal): Promise<InfluxdbSchema> => {
		found ??= await probeInfluxdb(client, options.retentionPolicy, signal);
		return found;
	};
	const ask = async (
		statements: readonly MomentStatement[],
		signal: AbortSignal,
	): Promise<ReadonlyArray<readonly InfluxdbSeries[]>> => {
		const answers = await client.query(
			statements.map(({text}) => text),
			signal,
		);
		return Promise.all(
			statements.map(async (statement, index) => {
				const answer = answers[index] ?? [];
				const {carefulText} = statement;
				if (carefulText === undefined || !hasImplausible(statement, answer)) {
					return answer;
				}

				const [careful = []] = await client.query([carefulText], signal);
				return careful;
			}),
		);
	};
	return {
		label: `InfluxDB ${options.database}`,
		async probe(signal) {
			found = undefined;
			const {table} = await schemaOf(signal);
			return {name: table.name, differences: table.differences};
		},
		async series(request, signal) {
			const schema = await schemaOf(signal);
			const statement = seriesQuery(request, schema);
			if (statement === undefined) {
				return new Map();
			}

			const [answer = []] = await client.query([statement], signal);
			return seriesPoints(request, schema, answer);
		},
		async moment(request, signal) {
			const schema = await schemaOf(signal);
			const statements = momentStatements(request, schema);
			const answers: Array<readonly InfluxdbSeries[]> = [];
			// All values of a large cluster in one answer are more than is accepted.
			const isWhole = request.nodes === undefined || request.nodes.length > MAX_SUBJECTS;
			const [atOnce, lanes] = isWhole ? [1, LANES] : [statements.length, 1];
			for (let start = 0; start < statements.length; start += atOnce * lanes) {
				const parts = Array.from({length: lanes}, (_, lane) =>
					statements.slice(start + lane * atOnce, start + (lane + 1) * atOnce),
				).filter(part => part.length > 0);
				answers.push(...(await Promise.all(parts.map(part => ask(part, signal)))).flat());
			}

			return momentEntries(request, statements, answers);
		},
		close: client.close,
	};
}
