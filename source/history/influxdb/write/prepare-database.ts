import {KtopError} from '../../../metrics/model/failure.ts';
import type {InfluxdbClient} from '../client.ts';
import {influxqlIdentifier} from '../quote.ts';

/** What Heapster calls its retention policy. */
const POLICY = 'default';

export type PrepareOptions = {
	/** Undefined: the one that Heapster used, made where it is missing. */
	readonly retentionPolicy: string | undefined;
	/** How long a database that is made keeps what is written; 0 for ever. */
	readonly retentionMs: number;
};

/**
 * Creates the database as Heapster did (common/influxdb `CreateDatabase`): with a retention policy named "default",
 * which becomes the default of a database that was there without. Resolves with the policy to write to; undefined where
 * the store knows no such statements (2.x and 3.x) and its own default is what there is. Throws `KtopError`.
 */
export async function prepareDatabase(
	client: Pick<InfluxdbClient, 'query' | 'database'>,
	{retentionPolicy, retentionMs}: PrepareOptions,
	signal: AbortSignal,
): Promise<string | undefined> {
	const database = influxqlIdentifier(client.database);
	const duration = retentionMs === 0 ? 'INF' : `${Math.ceil(retentionMs / 1000)}s`;
	const policy = retentionPolicy ?? POLICY;
	try {
		const policies = await policiesOf(client, signal);
		if (policies === undefined) {
			await client.query(
				[
					`CREATE DATABASE ${database} WITH DURATION ${duration} REPLICATION 1 NAME ${influxqlIdentifier(policy)}`,
				],
				signal,
			);
		} else if (!policies.includes(policy)) {
			const isDefault = retentionPolicy === undefined ? ' DEFAULT' : '';
			await client.query(
				[
					`CREATE RETENTION POLICY ${influxqlIdentifier(policy)} ON ${database} DURATION ${duration} REPLICATION 1${isDefault}`,
				],
				signal,
			);
		}

		return policy;
	} catch (error) {
		if (error instanceof KtopError && error.code === 'bad-answer') {
			return retentionPolicy;
		}

		throw error;
	}
}

/** The names of the database's policies; undefined where there is no such database. */
async function policiesOf(
	client: Pick<InfluxdbClient, 'query' | 'database'>,
	signal: AbortSignal,
): Promise<readonly string[] | undefined> {
	try {
		const [series = []] = await client.query(
			[`SHOW RETENTION POLICIES ON ${influxqlIdentifier(client.database)}`],
			signal,
		);
		return series.flatMap(({values}) => values.map(([name]) => String(name)));
	} catch (error) {
		if (error instanceof KtopError && error.code === 'not-found') {
			return undefined;
		}

		throw error;
	}
}
