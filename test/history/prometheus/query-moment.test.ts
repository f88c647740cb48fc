import {expect, test} from 'vitest';
import {queryMoment} from '../../../source/history/prometheus/query-moment.ts';
import type {PrometheusSchema} from '../../../source/history/prometheus/schema.ts';
import {stubClient, vectorRow} from './stub-client.ts';

const SCHEMA: PrometheusSchema = {
	labels: {node: 'node', namespace: 'namespace', pod: 'pod', container: 'container'},
	matchers: [],
	hasNodeRows: true,
	podRows: undefined,
};
const {signal} = new AbortController();
const db = (node: string) => ({namespace: 'shop', pod: 'db-0', node});
const request = {kind: 'pod', atMs: 1_000_000, lookBackMs: 60_000} as const;

test('a pod that moved is reported on the node where it was last', async () => {
	const client = stubClient([
		[/timestamp/, [vectorRow(db('n1'), 950), vectorRow(db('n2'), 990)]],
		[/working_set/, [vectorRow(db('n1'), 7), vectorRow(db('n2'), 5)]],
		[/cpu/, [vectorRow(db('n1'), 0.5)]],
	]);
	expect(await queryMoment(client, SCHEMA, request, 30_000, signal)).toEqual([
		{
			subject: {kind: 'pod', namespace: 'shop', name: 'db-0'},
			node: 'n2',
			timeMs: 990_000,
			values: {memoryWorkingSetBytes: 5},
		},
	]);
});

test('samples older than the look-back are left out, though the store looked further back', async () => {
	const client = stubClient([
		[/timestamp/, [vectorRow(db('n1'), 930)]],
		[/working_set/, [vectorRow(db('n1'), 7)]],
	]);
	expect(await queryMoment(client, SCHEMA, request, 30_000, signal)).toEqual([]);
});

test('rows that belong to no pod are no pods, and what has no time is of the moment', async () => {
	const client = stubClient([[/working_set.*/, [vectorRow({node: 'n1', namespace: 'shop', pod: ''})]]]);
	expect(await queryMoment(client, SCHEMA, request, 30_000, signal)).toEqual([]);
	const timeless = stubClient([
		[/timestamp/, []],
		[/working_set/, [vectorRow(db('n1'), 7)]],
	]);
	expect(await queryMoment(timeless, SCHEMA, request, 30_000, signal)).toMatchObject([{timeMs: 1_000_000}]);
});

test('queries about many nodes of long names are no longer than a store takes, and none is left out', async () => {
	const nodes = Array.from({length: 100}, (_, index) => `ip-10-0-0-${index}.${'long.'.repeat(20)}internal`);
	const client = stubClient([
		[/^max by \(node\) \(timestamp/, nodes.map(node => vectorRow({node}, 990))],
		[/working_set/, nodes.map(node => vectorRow({node}, 7))],
	]);
	const entries = await queryMoment(client, SCHEMA, {...request, kind: 'node', nodes}, 30_000, signal);
	expect(entries).toHaveLength(100);
	expect(Math.max(...client.queries.map(({length}) => length))).toBeLessThanOrEqual(16_384);
	const about = (metric: string): string => client.queries.filter(query => query.includes(metric)).join(' ');
	for (const [index] of nodes.entries()) {
		expect(about('receive_bytes')).toContain(`ip-10-0-0-${index}\\\\.long`);
	}
});
