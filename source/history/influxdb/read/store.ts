import type {HistoryStore} from '../../store/history-store.ts';
import {type InfluxdbOptions, influxdbClient} from '../client.ts';
import type {InfluxdbSeries} from '../query-result.ts';
import {momentEntries, momentStatements} from './moment-query.ts';
import {probeInfluxdb} from './probe-schema.ts';
import type {InfluxdbSchema} from './schemas/schema.ts';
import {seriesPoints, seriesQuery} from './series-query.ts';

export type InfluxdbStoreOptions = InfluxdbOptions & {
	/** Undefined: Heapster's `default` if Heapster wrote the database, otherwise the database's default policy. */
	readonly retentionPolicy: string | undefined;
};

/** History in InfluxDB as written by Heapster, `ktop record`, Telegraf or cAdvisor. */
export function influxdbStore(options: InfluxdbStoreOptions): HistoryStore {
	const client = influxdbClient(options);
	let found: InfluxdbSchema | undefined;
	const schemaOf = async (signal: AbortSignal): Promise<InfluxdbSchema> => {
		found ??= await probeInfluxdb(client, options.retentionPolicy, signal);
		return found;
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
			// One after the other: all values of a large cluster in one answer are more than is accepted.
			for (const {text} of statements) {
				const [answer = []] = await client.query([text], signal);
				answers.push(answer);
			}

			return momentEntries(request, statements, answers);
		},
		close: client.close,
	};
}
