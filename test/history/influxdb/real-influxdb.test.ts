import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {HistoryRequest} from '../../../source/history/history-request.ts';
import {influxdbClient} from '../../../source/history/influxdb/client.ts';
import {heapsterPoints, heapsterQuery} from '../../../source/history/influxdb/heapster-schema.ts';
import {probeSchema} from '../../../source/history/influxdb/probe-schema.ts';
import {hasInfluxd, type Influxd, startInfluxd} from './influxd.ts';

const START = Date.UTC(2026, 0, 1);
const RANGE = {startMs: START, endMs: START + 300_000, stepMs: 60_000};

/** What no name in a cluster should be, and any store may meet. */
const HOSTILE = String.raw`x' OR 1=1; DROP DATABASE "k8s" --\'y`;

/** Line protocol: commas, equal signs and blanks of a tag are escaped; a backslash stands for itself. */
const tagValue = (text: string): string => text.replace(/[,= ]/g, String.raw`\$&`);

describe.skipIf(!hasInfluxd)('a real InfluxDB', () => {
	let influxd: Influxd;
	const clientOf = (database = 'k8s') =>
		influxdbClient({url: influxd.url, database, login: undefined, timeoutMs: 5000});
	const ask = async (request: HistoryRequest) => {
		const client = clientOf();
		const query = heapsterQuery(request, await probeSchema(client, undefined));
		const {series} = await client.query(query ?? '');
		await client.close();
		return heapsterPoints(request, series);
	};

	beforeAll(async () => {
		influxd = await startInfluxd();
		await influxd.execute('CREATE DATABASE k8s');
		// The database's own default is another one, as where it was there before Heapster.
		await influxd.execute('CREATE RETENTION POLICY "default" ON k8s DURATION 0s REPLICATION 1');
		const minute = (number: number): number => START + number * 60_000;
		const lines = [0, 1, 3].flatMap(number => [
			`cpu/usage_rate,type=node,nodename=n1 value=${500 + number}i ${minute(number)}`,
			`cpu/usage_rate,type=node,nodename=${tagValue(HOSTILE)} value=${number}i ${minute(number)}`,
			...['a', 'b'].map(
				pod =>
					`memory/working_set,type=pod,namespace_name=shop,pod_name=${pod},nodename=n1 value=100i ${minute(number)}`,
			),
		]);
		await influxd.write(lines.join('\n'));
	});
	afterAll(() => influxd?.close());

	test('is probed for Heapster’s schema and its retention policy', async () => {
		expect(await probeSchema(clientOf(), undefined)).toEqual({
			database: 'k8s',
			retentionPolicy: 'default',
			hasFields: false,
		});
	});

	test('gives the past of a node in cores, with its gap', async () => {
		const points = await ask({subject: {kind: 'node', name: 'n1'}, series: 'cpuCores', range: RANGE});
		expect(points).toEqual([
			{timeMs: START, value: 0.5},
			{timeMs: START + 60_000, value: 0.501},
			{timeMs: START + 180_000, value: 0.503},
		]);
	});

	test('sums the pods of a namespace', async () => {
		const points = await ask({
			subject: {kind: 'namespace', name: 'shop'},
			series: 'memoryWorkingSetBytes',
			range: RANGE,
		});
		expect(points.map(({value}) => value)).toEqual([200, 200, 200]);
	});

	test('finds a hostile name and nothing else, and is still there', async () => {
		const points = await ask({subject: {kind: 'node', name: HOSTILE}, series: 'cpuCores', range: RANGE});
		expect(points.map(({value}) => value)).toEqual([0, 0.001, 0.003]);
		expect(await ask({subject: {kind: 'node', name: 'n1'}, series: 'cpuCores', range: RANGE})).toHaveLength(
			3,
		);
	});

	test('says which database it does not have', async () => {
		await expect(probeSchema(clientOf('nope'), undefined)).rejects.toMatchObject({
			code: 'not-found',
			brief: 'no such database',
		});
	});
});
