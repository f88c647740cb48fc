import {KtopError} from '../../../metrics/model/failure.ts';
import type {InfluxdbClient} from '../client.ts';
import {influxqlIdentifier} from '../quote.ts';
import {CADVISOR_SCHEMA} from './schemas/cadvisor.ts';
import {heapsterSchema} from './schemas/heapster.ts';
import type {InfluxdbSchema, SchemaTable} from './schemas/schema.ts';
import {TELEGRAF_SCHEMA} from './schemas/telegraf.ts';

/** Heapster names it, whatever the database's default is. */
const HEAPSTER_POLICY = 'default';

/**
 * Finds out how a database was written. Three small questions: its retention policies, its measurements, and whether
 * `cpu` has fields. Throws `KtopError` (`not-found`) where nothing is known of what is in it.
 */
export async function probeInfluxdb(
	client: Pick<InfluxdbClient, 'query' | 'database'>,
	retentionPolicy: string | undefined,
	signal: AbortSignal,
): Promise<InfluxdbSchema> {
	const {database} = client;
	const policies = await readPolicies(client, signal);
	if (
		retentionPolicy !== undefined &&
		policies.length > 0 &&
		!policies.some(({name}) => name === retentionPolicy)
	) {
		throw noSuchPolicy(
			database,
			retentionPolicy,
			policies.map(({name}) => name),
		);
	}

	const table = await findTable(client, signal);
	const wanted = retentionPolicy ?? (table.name === 'Heapster' ? HEAPSTER_POLICY : undefined);
	const policy = policies.find(({name}) => name === wanted);
	return {table, database, retentionPolicy: policy?.isDefault === false ? policy.name : undefined};
}

type Policy = {readonly name: string; readonly isDefault: boolean};

async function readPolicies(
	client: Pick<InfluxdbClient, 'query' | 'database'>,
	signal: AbortSignal,
): Promise<readonly Policy[]> {
	const [series = []] = await client
		.query([`SHOW RETENTION POLICIES ON ${influxqlIdentifier(client.database)}`], signal)
		.catch(error => {
			// Stores that only speak like InfluxDB may know no policies: theirs is then the only one.
			if (error instanceof KtopError && error.code === 'bad-answer') {
				return [];
			}

			throw error;
		});
	return series.flatMap(({columns, values}) => {
		const place = columns.indexOf('default');
		return values.flatMap(row =>
			typeof row[0] === 'string' ? [{name: row[0], isDefault: row[place] === true}] : [],
		);
	});
}

async function findTable(
	client: Pick<InfluxdbClient, 'query' | 'database'>,
	signal: AbortSignal,
): Promise<SchemaTable> {
	const measurements = await firstColumn(client, 'SHOW MEASUREMENTS', signal);
	const has = (name: string): boolean => measurements.includes(name);
	if (has('cpu/usage_rate')) {
		return heapsterSchema(false);
	}

	if (has('cpu')) {
		const fields = await firstColumn(client, `SHOW FIELD KEYS FROM ${influxqlIdentifier('cpu')}`, signal);
		if (fields.includes('usage_rate')) {
			return heapsterSchema(true);
		}
	}

	if (has('kubernetes_pod_container') || has('kubernetes_node')) {
		return TELEGRAF_SCHEMA;
	}

	if (has('cpu_usage_total') && has('memory_working_set')) {
		return CADVISOR_SCHEMA;
	}

	throw unknownSchema(client.database, measurements);
}

async function firstColumn(
	client: Pick<InfluxdbClient, 'query'>,
	statement: string,
	signal: AbortSignal,
): Promise<readonly string[]> {
	const [series = []] = await client.query([statement], signal);
	return series.flatMap(({values}) => values.flatMap(([name]) => (typeof name === 'string' ? [name] : [])));
}

function noSuchPolicy(database: string, policy: string, known: readonly string[]): KtopError {
	return new KtopError({
		code: 'not-found',
		brief: 'no retention policy',
		message: `the database “${database}” has no retention policy “${policy}”, but ${known.join(', ')}`,
		hint: 'name one of these with rp= in --history, or leave it out',
	});
}

function unknownSchema(database: string, measurements: readonly string[]): KtopError {
	const found = measurements.length === 0 ? 'is empty' : `holds ${measurements.slice(0, 4).join(', ')}`;
	return new KtopError({
		code: 'not-found',
		brief: measurements.length === 0 ? 'empty history' : 'unknown history',
		message: `the database “${database}” ${found}: nothing there that Heapster, cAdvisor, Telegraf or ktop wrote`,
		hint: 'name the database that they or ktop record write to with db= in --history',
	});
}
