import {KtopError} from '../../metrics/failure.ts';
import type {InfluxdbClient} from './client.ts';
import type {HeapsterSchema} from './heapster-schema.ts';
import {quoteIdentifier} from './quote.ts';

/** Heapster names it, whatever the database's default is. */
const HEAPSTER_POLICY = 'default';

/**
 * Finds out how a database was written. Three small questions: its retention policies, its measurements, and whether
 * `cpu` has fields. Throws `KtopError` (`not-found`) where nothing is known of what is in it.
 */
export async function probeSchema(
	client: Pick<InfluxdbClient, 'query' | 'database'>,
	retentionPolicy: string | undefined,
	signal?: AbortSignal,
): Promise<HeapsterSchema> {
	const {database} = client;
	const policies = await firstColumn(
		client,
		`SHOW RETENTION POLICIES ON ${quoteIdentifier(database)}`,
		signal,
	);
	const measurements = await firstColumn(client, 'SHOW MEASUREMENTS', signal);
	const policy =
		retentionPolicy ?? policies.find(name => name === HEAPSTER_POLICY) ?? policies[0] ?? 'autogen';
	if (measurements.includes('cpu/usage_rate')) {
		return {database, retentionPolicy: policy, hasFields: false};
	}

	if (measurements.includes('cpu')) {
		const fields = await firstColumn(client, `SHOW FIELD KEYS FROM ${quoteIdentifier('cpu')}`, signal);
		if (fields.includes('usage_rate')) {
			return {database, retentionPolicy: policy, hasFields: true};
		}
	}

	throw unknownSchema(database, measurements);
}

async function firstColumn(
	client: Pick<InfluxdbClient, 'query'>,
	statement: string,
	signal: AbortSignal | undefined,
): Promise<readonly string[]> {
	const {series} = await client.query(statement, signal);
	return series.flatMap(({values}) => values.flatMap(([name]) => (typeof name === 'string' ? [name] : [])));
}

function unknownSchema(database: string, measurements: readonly string[]): KtopError {
	const found = measurements.length === 0 ? 'is empty' : `holds ${measurements.slice(0, 4).join(', ')}`;
	return new KtopError({
		code: 'not-found',
		brief: 'unknown history',
		message: `the database “${database}” ${found}, which is none of the schemas that ktop knows`,
		hint: 'name the database that Heapster or ktop record writes to with db= in --history',
	});
}
