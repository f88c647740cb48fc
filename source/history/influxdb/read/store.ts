import type {HistoryStore} from '../../store/history-store.ts';
import {type InfluxdbOptions, influxdbClient} from '../client.ts';
import {momentEntries, momentStatements} from './moment-query.ts';
import {probeInfluxdb} from './probe-schema.ts';
import type {InfluxdbSchema} from './schemas/schema.ts';
import {seriesPoints, seriesQuery} from './series-query.ts';

export type InfluxdbStoreOptions = InfluxdbOptions & {
	/** Undefined: the one that the writer is known to use, else the database's default. */
	readonly retentionPolicy: string | undefined;
};

/** What Heapster, cAdvisor, Telegraf or `ktop record` wrote into InfluxDB. */
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
			const answers =
				statements.length === 0
					? []
					: await client.query(
							statements.map(({text}) => text),
							signal,
						);
			return momentEntries(request, statements, answers);
		},
		close: client.close,
	};
}
