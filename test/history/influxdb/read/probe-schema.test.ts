import {describe, expect, onTestFinished, test} from 'vitest';
import type {InfluxdbSeries} from '../../../../source/history/influxdb/query-result.ts';
import {probeInfluxdb} from '../../../../source/history/influxdb/read/probe-schema.ts';
import {influxdbStore} from '../../../../source/history/influxdb/read/store.ts';
import {type FailureCode, KtopError} from '../../../../source/metrics/model/failure.ts';
import {hasVictoriaMetrics, startVictoriaMetrics} from '../../prometheus/victoria-metrics.ts';

const NEVER = new AbortController().signal;

/** A store that answers with these names, or fails in this way, by the words of the statement. */
function clientOf(answers: Readonly<Record<string, readonly string[] | FailureCode>>) {
	return {
		database: 'k8s',
		async query([statement = '']: readonly string[]): Promise<ReadonlyArray<readonly InfluxdbSeries[]>> {
			const [, answer = []] = Object.entries(answers).find(([words]) => statement.includes(words)) ?? [];
			if (typeof answer === 'string') {
				throw new KtopError({code: answer, brief: 'x', message: 'x', hint: 'x'});
			}

			const values = answer.map(name => [name, '0s', '1h', 1, name === 'autogen']);
			const columns = ['name', 'duration', 'shardGroupDuration', 'replicaN', 'default'];
			return [[{name: undefined, tags: {}, columns, values}]];
		},
	};
}

describe('what a database holds', () => {
	test.each([
		[
			'Heapster’s in its own policy',
			{POLICIES: ['autogen', 'default'], MEASUREMENTS: ['cpu/usage_rate']},
			'default',
		],
		['Heapster’s in the only policy', {POLICIES: ['autogen'], MEASUREMENTS: ['cpu/usage_rate']}, undefined],
		[
			'Heapster’s with fields',
			{POLICIES: ['autogen'], MEASUREMENTS: ['cpu'], 'FIELD KEYS': ['usage_rate']},
			undefined,
		],
	] as const)('is found: %s', async (_what, answers, retentionPolicy) => {
		expect(await probeInfluxdb(clientOf(answers), undefined, NEVER)).toMatchObject({
			table: {name: 'Heapster'},
			retentionPolicy,
		});
	});

	test('is found though the store knows no policies', async () => {
		const client = clientOf({POLICIES: 'bad-answer', MEASUREMENTS: ['kubernetes_node']});
		expect(await probeInfluxdb(client, undefined, NEVER)).toMatchObject({
			table: {name: 'Telegraf'},
			retentionPolicy: undefined,
		});
	});

	test.skipIf(!hasVictoriaMetrics)('is not to be known where points are taken and no InfluxQL', async () => {
		const server = await startVictoriaMetrics();
		onTestFinished(server.close);
		const store = influxdbStore({
			url: server.url,
			database: 'k8s',
			login: undefined,
			timeoutMs: 60_000,
			retentionPolicy: 'gold',
		});
		onTestFinished(store.close);
		await expect(store.probe(NEVER)).rejects.toMatchObject({
			brief: 'no InfluxQL',
			hint: 'read it with --history prometheus: and the same address',
		});
	});

	test.each(['unauthorized', 'forbidden', 'not-found', 'timeout'] as const)(
		'is unknown where the store says %s',
		async code => {
			await expect(probeInfluxdb(clientOf({POLICIES: code}), undefined, NEVER)).rejects.toMatchObject({code});
		},
	);
});
