import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {influxdbClient} from '../../../../source/history/influxdb/client.ts';
import {prepareDatabase} from '../../../../source/history/influxdb/write/prepare-database.ts';
import {KtopError} from '../../../../source/metrics/model/failure.ts';
import {hasVictoriaMetrics, startVictoriaMetrics} from '../../prometheus/victoria-metrics.ts';
import {hasInfluxd, type Influxd, startInfluxd} from '../influxd.ts';

const NEVER = new AbortController().signal;
const AS_HEAPSTER = {retentionPolicy: undefined, retentionMs: 0};

test.skipIf(!hasVictoriaMetrics)(
	'VictoriaMetrics has nothing to prepare, and is written to at once',
	async () => {
		const server = await startVictoriaMetrics();
		onTestFinished(server.close);
		const client = influxdbClient({url: server.url, database: 'k8s', login: undefined, timeoutMs: 60_000});
		onTestFinished(client.close);
		const asked: string[] = [];
		const noted = {
			database: 'k8s',
			query: (statements: readonly string[], signal: AbortSignal) => {
				asked.push(...statements);
				return client.query(statements, signal);
			},
		};
		expect(await prepareDatabase(noted, AS_HEAPSTER, NEVER)).toBeUndefined();
		expect(asked).toEqual(['SHOW RETENTION POLICIES ON "k8s"']);
	},
);

describe.skipIf(!hasInfluxd)('a database', () => {
	let influxd: Influxd;
	beforeAll(async () => {
		influxd = await startInfluxd();
	});
	afterAll(() => influxd?.close());

	const prepare = async (database: string, options: Parameters<typeof prepareDatabase>[1] = AS_HEAPSTER) => {
		const client = influxdbClient({url: influxd.url, database, login: undefined, timeoutMs: 60_000});
		try {
			return await prepareDatabase(client, options, NEVER);
		} finally {
			await client.close();
		}
	};
	/** Name, duration and whether it is the default. */
	const policies = async (database: string) =>
		(await influxd.rows(database, 'SHOW RETENTION POLICIES')).map(([name, duration, , , isDefault]) => [
			name,
			duration,
			isDefault,
		]);

	test('that is not there is made, with the policy that Heapster names', async () => {
		expect(await prepare('fresh')).toBe('default');
		expect(await policies('fresh')).toEqual([['default', '0s', true]]);
	});

	test('is left as it is by a second time', async () => {
		await prepare('twice', {retentionPolicy: undefined, retentionMs: 86_400_000});
		expect(await prepare('twice')).toBe('default');
		expect(await policies('twice')).toEqual([['default', '24h0m0s', true]]);
	});

	test('that was there without the policy gets it, as its default', async () => {
		await influxd.execute('CREATE DATABASE older');
		expect(await prepare('older')).toBe('default');
		expect(await policies('older')).toEqual([
			['autogen', '0s', false],
			['default', '0s', true],
		]);
	});

	test('keeps its own default where another policy is named', async () => {
		await influxd.execute('CREATE DATABASE named');
		expect(await prepare('named', {retentionPolicy: 'gold "x"', retentionMs: 3_600_000})).toBe('gold "x"');
		expect(await policies('named')).toEqual([
			['autogen', '0s', true],
			['gold "x"', '1h0m0s', false],
		]);
	});
});

test('of a store that knows no such statements is its own default', async () => {
	const client = {
		database: 'k8s',
		query: async () => {
			throw new KtopError({code: 'bad-answer', brief: 'x', message: 'not implemented', hint: 'x'});
		},
	};
	expect(await prepareDatabase(client, AS_HEAPSTER, NEVER)).toBeUndefined();
});
