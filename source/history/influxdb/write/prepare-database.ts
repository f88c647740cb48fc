import {KtopError} from '../../../metrics/model/failure.ts';
import type {InfluxdbClient} from '../client.ts';
import {HEAPSTER_POLICY} from '../heapster-names.ts';
import {influxqlIdentifier} from '../quote.ts';
import {isWriteOnly} from '../write-only.ts';

export type PrepareOptions = {
	/** Undefined: `default`, as in Heapster. */
	readonly retentionPolicy: string | undefined;
	/** Duration of a retention policy that is created; 0 keeps points forever. */
	readonly retentionMs: number;
};

/**
 * Creates the database like Heapster (common/influxdb `CreateDatabase`): with a retention policy named "default". In an
 * existing database that policy is added and becomes the default one. Resolves with the policy to write to; undefined
 * for InfluxDB 2.x and 3.x and VictoriaMetrics, which have no such statements. Throws `KtopError`.
 */
export async function prepareDatabase(
	client: Pick<InfluxdbClient, 'query' | 'database'>,
	{retentionPolicy, retentionMs}: PrepareOptions,
	signal: AbortSignal,
): Promise<string | undefined> {
	const database = influxqlIdentifier(client.database);
	const duration = retentionMs === 0 ? 'INF' : `${Math.ceil(retentionMs / 1000)}s`;
	const policy = retentionPolicy ?? HEAPSTER_POLICY;
	try {
		const policies = await policiesOf(client, signal);
		if (policies === 'none') {
			return retentionPolicy;
		}

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

/** The names of the database's policies; undefined if the database does not exist, `none` where the store has no such thing. */
async function policiesOf(
	client: Pick<InfluxdbClient, 'query' | 'database'>,
	signal: AbortSignal,
): Promise<readonly string[] | 'none' | undefined> {
	try {
		const [series = []] = await client.query(
			[`SHOW RETENTION POLICIES ON ${influxqlIdentifier(client.database)}`],
			signal,
		);
		return isWriteOnly(series)
			? 'none'
			: series.flatMap(({values}) => values.flatMap(([name]) => (typeof name === 'string' ? [name] : [])));
	} catch (error) {
		if (error instanceof KtopError && error.code === 'not-found') {
			return undefined;
		}

		throw error;
	}
}
