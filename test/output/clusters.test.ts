import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import {describe, expect, test} from 'vitest';
import {printableJson} from '../../source/metrics/model/printable.ts';
import {Store} from '../../source/metrics/store/store.ts';
import {formatCsv} from '../../source/output/format-csv.ts';
import {formatTable} from '../../source/output/format-table.ts';
import {takeSnapshot} from '../../source/output/snapshot.ts';
import {inventoryOf, nodeInfo, podInfo} from '../metrics/inventories.ts';
import {cpuReading, nodeReading, podReading, reading} from '../metrics/readings.ts';
import {LIVE, NOW} from './stores.ts';

const ajv = new Ajv2020({strict: true, allErrors: true});
(formats as unknown as (target: Ajv2020) => void)(ajv);
const validate = ajv.compile(
	JSON.parse(readFileSync(join(import.meta.dirname, '../../source/output/snapshot.schema.json'), 'utf8')),
);

/** Two clusters with a node and a pod of the same names; the node of `b` is not read. */
function storeOfTwo(): Store {
	const inventory = () => inventoryOf([nodeInfo('n1')], [podInfo('web')]);
	const store = new Store({
		capacity: 2,
		staleAfterMs: 30_000,
		clusters: new Map([
			['a', inventory()],
			['b', inventory()],
		]),
	});
	store.addNode('node:a/n1', 'n1', 'a');
	store.addNode('node:b/n1', 'n1', 'b');
	const cpu = cpuReading({timeMs: NOW, usageCores: 1});
	store.apply(
		'node:a/n1',
		[reading(NOW, {node: nodeReading({cpu}), pods: [podReading('shop', 'web', {cpu})]})],
		LIVE,
	);
	store.setState('node:b/n1', {
		kind: 'failed',
		failure: {code: 'timeout', brief: 'timeout 10s', message: 'n1 did not answer', hint: 'check it'},
		sinceMs: NOW,
		attempts: 1,
		retryAtMs: NOW,
	});
	return store;
}

describe('outputs of two clusters', () => {
	test('JSON names the cluster of each object and error, and lists the clusters with their reasons', () => {
		const snapshot = JSON.parse(
			printableJson(
				takeSnapshot(storeOfTwo(), {
					nowMs: NOW,
					sourceLabel: '2 clusters',
					context: undefined,
					kubernetesVersion: undefined,
					notices: [],
					isDemo: false,
					staleAfterMs: 30_000,
					level: 'nodes',
					query: {},
					clusters: [
						{name: 'a', context: 'arn:a', kubernetesVersion: 'v1.36.2', state: 'connected', reasons: []},
						{
							name: 'b',
							context: 'arn:b',
							kubernetesVersion: undefined,
							state: 'failed',
							reasons: ['refused'],
						},
					],
				}),
			),
		);
		expect(validate(snapshot) ? [] : validate.errors).toEqual([]);
		expect(snapshot.clusters).toEqual([
			{name: 'a', context: 'arn:a', kubernetesVersion: 'v1.36.2', state: 'connected'},
			{name: 'b', context: 'arn:b', state: 'failed', reasons: ['refused']},
		]);
		for (const level of ['nodes', 'pods', 'namespaces', 'workloads']) {
			const clusters = snapshot[level].map(({cluster}: {readonly cluster: string}) => cluster);
			expect(clusters).toEqual(['a', 'b']);
		}

		expect(snapshot.errors).toMatchObject([{cluster: 'b', node: 'n1'}]);
		expect(snapshot.problems).toMatchObject([{object: {kind: 'node', cluster: 'b', name: 'n1'}}]);
	});

	test('CSV has their column, which that of one cluster has not', () => {
		const view = storeOfTwo().view({level: 'pods', sort: {column: 'name', isDescending: false}}, 'live', NOW);
		const [heading = '', ...lines] = formatCsv(view, NOW, true, true).trim().split('\r\n');
		const place = heading.split(',').indexOf('cluster');
		expect(lines.map(line => line.split(',')[place])).toEqual(['a', 'b']);
		expect(formatCsv(view, NOW, true)).not.toContain('cluster');
	});

	test('the table begins with the cluster', () => {
		const view = storeOfTwo().view({level: 'nodes'}, 'live', NOW);
		const lines = formatTable(view, true)
			.trim()
			.split('\n')
			.map(line => line.split(/ {2,}/).slice(0, 2));
		expect(lines).toEqual([
			['CLUSTER', 'NAME'],
			['a', 'n1'],
			['b', 'n1'],
		]);
	});
});
