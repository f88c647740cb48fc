import {describe, expect, test} from 'vitest';
import type {LabelOptions} from '../../../source/history/prometheus/label-names.ts';
import {probePrometheus} from '../../../source/history/prometheus/probe-schema.ts';
import type {LabelSet} from '../../../source/history/prometheus/query-result.ts';
import {stubClient, vectorRow} from './stub-client.ts';

const {signal} = new AbortController();
const USUAL = {namespace: 'namespace', pod: 'pod', container: 'container'};

async function probe(nodes: readonly LabelSet[], container?: LabelSet, given: LabelOptions = {}) {
	// As a real one, the stub finds the container by labels that it has alone.
	const byLabel = Object.keys(container ?? {}).map(
		label =>
			[new RegExp(`^topk.*,${label}!=""`), container === undefined ? [] : [vectorRow(container)]] as const,
	);
	const client = stubClient([
		[/pod_memory_working_set_bytes|container=""/, []],
		[/id="\/"/, nodes.map(labels => vectorRow(labels))],
		...byLabel,
	]);
	return probePrometheus(client, given, [], 0, signal);
}

describe('the labels of a store', () => {
	test.each<[string, readonly LabelSet[], LabelSet | undefined, object]>([
		[
			'kube-prometheus',
			[{node: 'n1', instance: '10.0.0.1:10250'}],
			{namespace: 'a', pod: 'b', container: 'c'},
			{...USUAL, node: 'node'},
		],
		[
			'copied node labels',
			[{kubernetes_io_hostname: 'n1', instance: 'n1'}],
			{namespace: 'a', pod: 'b', container: 'c'},
			{...USUAL, node: 'kubernetes_io_hostname'},
		],
		[
			'a target that is a node',
			[{instance: 'n1'}],
			{namespace: 'a', pod: 'b', container: 'c'},
			{...USUAL, node: 'instance'},
		],
		[
			'some nodes that lack the better label',
			[{instance: 'n1', node: 'n1'}, {instance: 'n2'}],
			undefined,
			{...USUAL, node: 'instance'},
		],
		[
			'a namespace of the target’s own',
			[{node: 'n1'}],
			{namespace: 'kube-system', exported_namespace: 'a', pod: 'b', container: 'c'},
			{...USUAL, node: 'node', namespace: 'exported_namespace'},
		],
		[
			'a target that is a pod',
			[{node: 'n1'}],
			{
				namespace: 'x',
				pod: 'x',
				container: 'x',
				exported_namespace: 'a',
				exported_pod: 'b',
				exported_container: 'c',
			},
			{node: 'node', namespace: 'exported_namespace', pod: 'exported_pod', container: 'exported_container'},
		],
		[
			'Kubernetes before 1.16',
			[{node: 'n1'}],
			{namespace: 'a', pod_name: 'b', container_name: 'c'},
			{node: 'node', namespace: 'namespace', pod: 'pod_name', container: 'container_name'},
		],
		['nothing but nodes', [{node: 'n1'}], undefined, {...USUAL, node: 'node'}],
	])('of %s', async (_, nodes, container, labels) => {
		expect(await probe(nodes, container)).toEqual({labels, matchers: [], hasNodeRows: true});
	});

	test('are the given ones before any that are found', async () => {
		const given = {node: 'machine', pod: 'workload_pod'};
		const schema = await probe([{node: 'n1', machine: 'n1'}], {namespace: 'a', workload_pod: 'b'}, given);
		expect(schema.labels).toEqual({...USUAL, ...given});
	});

	test('are those of containers where nodes have no rows', async () => {
		expect(await probe([], {namespace: 'a', pod: 'b', container: 'c', node: 'n1'})).toEqual({
			labels: {...USUAL, node: 'node'},
			matchers: [],
			hasNodeRows: false,
		});
	});

	test('are those of days ago where nothing is scraped now', async () => {
		const client = stubClient([], [{id: '/', nodename: 'n1'}]);
		expect(await probePrometheus(client, {}, [], 0, signal)).toMatchObject({
			labels: {node: 'nodename'},
			hasNodeRows: true,
		});
	});

	test('are requested within the given cluster', async () => {
		const client = stubClient([[/./, [vectorRow({node: 'n1'})]]]);
		await probePrometheus(client, {}, ['cluster="prod"'], 0, signal);
		expect(client.queries.length).toBeGreaterThan(1);
		expect(client.queries.every(query => query.includes('{cluster="prod",'))).toBe(true);
	});

	test('are not there where there are no container metrics', async () => {
		await expect(probe([])).rejects.toMatchObject({
			code: 'not-found',
			brief: 'no container metrics',
			message: 'Prometheus http://stub:9090 holds no container metrics',
			hint: 'let it scrape /metrics/cadvisor of the kubelets, or ktop record write into it',
		});
	});
});
