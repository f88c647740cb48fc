import {KtopError} from '../../../metrics/model/failure.ts';
import type {InfluxdbClient} from '../client.ts';
import {HEAPSTER, HEAPSTER_POLICY, heapsterField} from '../heapster-names.ts';
import {influxqlIdentifier} from '../quote.ts';
import {isWriteOnly} from '../write-only.ts';
import {CADVISOR_SCHEMA} from './schemas/cadvisor.ts';
import {heapsterSchema} from './schemas/heapster.ts';
import type {InfluxdbSchema, SchemaTable} from './schemas/schema.ts';
import {TELEGRAF_SCHEMA} from './schemas/telegraf.ts';

/**
 * Detects which writer filled a database, with up to three small queries: its retention policies, its measurements, and
 * the fields of `cpu`. Throws `KtopError`: `not-found` for an empty database and an unknown schema,
 * `bad-answer` for a store that answers no InfluxQL.
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
			// Compatible servers may have no retention policies.
			if (error instanceof KtopError && error.code === 'bad-answer') {
				return [];
			}

			throw error;
		});
	if (isWriteOnly(series)) {
		throw writeOnly(client.database);
	}

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
	if (has(HEAPSTER.cpuUsageRate)) {
		return heapsterSchema(false);
	}

	const {measurement, field} = heapsterField(HEAPSTER.cpuUsageRate, true);
	if (has(measurement)) {
		const fields = await firstColumn(
			client,
			`SHOW FIELD KEYS FROM ${influxqlIdentifier(measurement)}`,
			signal,
		);
		if (fields.includes(field)) {
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

function writeOnly(database: string): KtopError {
	return new KtopError({
		code: 'bad-answer',
		brief: 'no InfluxQL',
		message: `the store of “${database}” takes points as InfluxDB does, but answers no queries of it, like VictoriaMetrics`,
		hint: 'read it with --history prometheus: and the same address',
	});
}

function noSuchPolicy(database: string, policy: string, known: readonly string[]): KtopError {
	return new KtopError({
		code: 'not-found',
		brief: 'no retention policy',
		message: `the database “${database}” has no retention policy “${policy}”, only ${known.join(', ')}`,
		hint: 'name one of these with rp= in --history, or leave rp= out',
	});
}

function unknownSchema(database: string, measurements: readonly string[]): KtopError {
	const found = measurements.length === 0 ? 'is empty' : `holds ${measurements.slice(0, 4).join(', ')}`;
	return new KtopError({
		code: 'not-found',
		brief: measurements.length === 0 ? 'empty history' : 'unknown history',
		message: `the database “${database}” ${found}: no data of Heapster, cAdvisor, Telegraf or ktop`,
		hint: 'name the database that one of them writes to with db= in --history',
	});
}
