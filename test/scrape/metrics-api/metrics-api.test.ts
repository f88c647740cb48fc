import {describe, expect, test} from 'vitest';
import {parseRoute} from '../../../source/metrics/model/route.ts';
import {createMetricsApi, type MetricsApiOptions} from '../../../source/scrape/metrics-api/metrics-api.ts';
import {failureOf, openApi} from '../node/cluster.ts';
import type {RecordedAnswer} from '../recorded-server.ts';
import {context} from '../scrape-context.ts';

const V1 = '/apis/metrics.k8s.io/v1';
const V1BETA1 = '/apis/metrics.k8s.io/v1beta1';

const json = (value: object): RecordedAnswer => ({
	status: 200,
	type: 'application/json',
	text: JSON.stringify(value),
});

const forbidden = (resource: string): RecordedAnswer => ({
	status: 403,
	type: 'application/json',
	text: JSON.stringify({
		kind: 'Status',
		message: `${resource}.metrics.k8s.io is forbidden: User "jane" cannot list resource "${resource}" in API group "metrics.k8s.io" at the cluster scope`,
	}),
});

const NODES = json({
	items: [
		{
			metadata: {name: 'node-a'},
			timestamp: '2026-11-23T09:29:44Z',
			window: '15.02s',
			usage: {cpu: '123456789n', memory: '1234Ki'},
		},
		{
			metadata: {name: 'node-b'},
			timestamp: '2026-11-23T09:29:40Z',
			window: '15s',
			usage: {cpu: '2', memory: '1Gi'},
		},
	],
});

const pod = (namespace: string, name: string, containers: object[]) => ({
	metadata: {namespace, name},
	timestamp: '2026-11-23T09:29:43Z',
	window: '15s',
	containers,
});

const PODS = json({
	items: [
		pod('shop', 'cart', [
			{name: 'cart', usage: {cpu: '250m', memory: '3Ki'}},
			{name: 'proxy', usage: {cpu: '500m', memory: '2Ki'}},
		]),
		pod('shop', 'stranger', [{name: 'x', usage: {cpu: '1', memory: '1Ki'}}]),
	],
});

const NODE_OF: Readonly<Record<string, string>> = {'shop/cart': 'node-a'};

async function openMetrics(
	answers: Readonly<Record<string, RecordedAnswer>>,
	options: Partial<MetricsApiOptions> = {},
) {
	const api = await openApi({answers});
	const metrics = createMetricsApi({
		api: api.access,
		nodeOf: (namespace, name) => NODE_OF[`${namespace}/${name}`],
		namespaces: () => undefined,
		timeoutMs: 60_000,
		now: () => 42,
		...options,
	});
	const read = (node: string) => metrics.read(node, context({timeoutMs: 2000}));
	return {api, metrics, read};
}

const ALL = {[`${V1BETA1}/nodes`]: NODES, [`${V1BETA1}/pods`]: PODS};

describe('metrics.k8s.io', () => {
	test('gives the CPU and the working set of a node and its pods', async () => {
		const {read} = await openMetrics(ALL);
		const scrape = await read('node-a');
		const timeMs = Date.parse('2026-11-23T09:29:43Z');
		expect(scrape).toMatchObject({route: parseRoute('metrics.k8s.io'), degraded: undefined});
		expect(scrape.readings).toMatchObject([
			{
				nodeName: 'node-a',
				receivedAtMs: 42,
				node: {
					cpu: {timeMs: Date.parse('2026-11-23T09:29:44Z'), usageCores: 0.123456789},
					memory: {timeMs: Date.parse('2026-11-23T09:29:44Z'), workingSetBytes: 1_263_616},
				},
				pods: [
					{
						pod: {uid: undefined, namespace: 'shop', name: 'cart'},
						cpu: {timeMs, usageCores: 0.75},
						memory: {timeMs, workingSetBytes: 5120},
					},
				],
				containers: [
					{id: 'cart', cpu: {usageCores: 0.25}, memory: {workingSetBytes: 3072}},
					{id: 'proxy', cpu: {usageCores: 0.5}, memory: {workingSetBytes: 2048}},
				],
			},
		]);
	});

	test('is asked for v1 first, then for v1beta1, and from then on for the one that is served', async () => {
		let nowMs = 0;
		const {api, read} = await openMetrics(ALL, {now: () => nowMs});
		await read('node-a');
		expect(api.requests).toEqual([`${V1}/nodes`, `${V1BETA1}/nodes`, `${V1BETA1}/pods`]);
		nowMs = 60_000;
		await read('node-a');
		expect(api.requests.slice(3)).toEqual([`${V1BETA1}/nodes`, `${V1BETA1}/pods`]);
	});

	test('is read by v1 where that is served', async () => {
		const {api, read} = await openMetrics({[`${V1}/nodes`]: NODES, [`${V1}/pods`]: PODS});
		await read('node-a');
		expect(api.requests).toEqual([`${V1}/nodes`, `${V1}/pods`]);
	});

	test('is looked for again when the version that was served is gone', async () => {
		let nowMs = 0;
		const {api, read} = await openMetrics(ALL, {now: () => nowMs});
		await read('node-a');
		delete api.answers[`${V1BETA1}/nodes`];
		nowMs = 60_000;
		expect(await failureOf(read('node-a'))).toMatchObject({code: 'not-found'});
		Object.assign(api.answers, {[`${V1}/nodes`]: NODES, [`${V1}/pods`]: PODS});
		nowMs = 120_000;
		expect(await read('node-a')).toMatchObject({route: parseRoute('metrics.k8s.io')});
	});

	test('is asked once for all nodes that want it at the same time', async () => {
		const {api, read} = await openMetrics(ALL);
		const [a, b] = await Promise.all([read('node-a'), read('node-b')]);
		expect([a, b].map(({readings}) => readings[0]?.nodeName)).toEqual(['node-a', 'node-b']);
		expect(api.requests).toHaveLength(3);
	});

	test('is asked again after half the time between two reads', async () => {
		let nowMs = 0;
		const {api, read} = await openMetrics(ALL, {now: () => nowMs});
		await read('node-a');
		nowMs = 5000;
		await read('node-b');
		expect(api.requests).toHaveLength(3);
		nowMs = 5001;
		await read('node-b');
		expect(api.requests).toHaveLength(5);
	});

	test('is asked again when the clock was set back', async () => {
		let nowMs = 3_600_000;
		const {api, read} = await openMetrics(ALL, {now: () => nowMs});
		await read('node-a');
		nowMs = 0;
		await read('node-a');
		expect(api.requests).toHaveLength(5);
	});

	test('is not asked by every node where it fails', async () => {
		const {api, read} = await openMetrics({});
		await Promise.all(['a', 'b', 'c'].map(name => failureOf(read(name))));
		await failureOf(read('d'));
		expect(api.requests).toEqual([`${V1}/nodes`, `${V1BETA1}/nodes`]);
	});

	test('is asked for the pods of each namespace where not all may be listed', async () => {
		const {api, read} = await openMetrics(
			{
				...ALL,
				[`${V1BETA1}/namespaces/shop/pods`]: PODS,
				[`${V1BETA1}/namespaces/ops/pods`]: forbidden('pods'),
			},
			{namespaces: () => ['shop', 'ops']},
		);
		const scrape = await read('node-a');
		expect(scrape.readings[0]?.pods).toHaveLength(1);
		expect(scrape.degraded).toMatchObject({code: 'forbidden'});
		expect(api.requests).not.toContain(`${V1BETA1}/pods`);
	});

	test('keeps missing figures unknown, and takes no partial sum for a whole', async () => {
		const {read} = await openMetrics({
			[`${V1BETA1}/nodes`]: json({items: [{metadata: {name: 'node-a'}, usage: {cpu: '-1', memory: 'much'}}]}),
			[`${V1BETA1}/pods`]: json({
				items: [
					pod('shop', 'cart', [
						{name: 'cart', usage: {cpu: '1'}},
						{name: 'proxy', usage: {cpu: '1', memory: '2Ki'}},
						{usage: {memory: '1Ki'}},
					]),
				],
			}),
		});
		const [reading] = (await read('node-a')).readings;
		expect(reading?.node).toMatchObject({cpu: undefined, memory: undefined});
		expect(reading?.pods).toMatchObject([{cpu: undefined, memory: undefined}]);
		expect(reading?.containers.map(({name}) => name)).toEqual(['cart', 'proxy']);
	});
});

describe('metrics.k8s.io under partial rights', () => {
	test('gives the pods of a node where nodes may not be listed', async () => {
		const {read} = await openMetrics({...ALL, [`${V1BETA1}/nodes`]: forbidden('nodes')});
		const scrape = await read('node-a');
		expect(scrape.readings[0]?.node).toBeUndefined();
		expect(scrape.readings[0]?.pods).toHaveLength(1);
		expect(scrape.degraded).toMatchObject({brief: '403 needs nodes'});
	});

	test('gives the node where pods may not be listed', async () => {
		const {read} = await openMetrics({...ALL, [`${V1BETA1}/pods`]: forbidden('pods')});
		const scrape = await read('node-a');
		expect(scrape.readings[0]?.node?.cpu?.usageCores).toBe(0.123456789);
		expect(scrape.readings[0]?.pods).toEqual([]);
		expect(scrape.degraded).toMatchObject({brief: '403 needs pods'});
	});

	test('says which right is missing to know of a node without pods', async () => {
		const {read} = await openMetrics({...ALL, [`${V1BETA1}/nodes`]: forbidden('nodes')});
		expect(await failureOf(read('node-b'))).toMatchObject({brief: '403 needs nodes'});
	});
});

describe('metrics.k8s.io that cannot be read', () => {
	test('is not installed', async () => {
		const {api, read} = await openMetrics({
			[`${V1}/nodes`]: '404-metrics-api-absent-admin.json',
			[`${V1BETA1}/nodes`]: '404-metrics-api-absent-admin.json',
		});
		expect(await failureOf(read('node-a'))).toMatchObject({
			code: 'not-found',
			brief: 'no metrics.k8s.io',
			message: `${api.origin} has no metrics.k8s.io: metrics-server is not installed`,
		});
	});

	test('is forbidden', async () => {
		const absent = '404-metrics-api-absent.json';
		const {read} = await openMetrics({[`${V1}/nodes`]: absent, [`${V1}/pods`]: absent});
		expect(await failureOf(read('node-a'))).toMatchObject({
			code: 'forbidden',
			brief: '403 needs nodes',
			hint: expect.stringContaining('on nodes of metrics.k8s.io'),
		});
	});

	test('is installed but does not answer', async () => {
		const unavailable = {status: 503, text: 'service unavailable'};
		const {read} = await openMetrics({[`${V1BETA1}/nodes`]: unavailable, [`${V1BETA1}/pods`]: unavailable});
		expect(await failureOf(read('node-a'))).toMatchObject({
			code: 'server-error',
			brief: '503 metrics.k8s.io',
			message: expect.stringContaining('service unavailable'),
			hint: expect.stringContaining('apiservice'),
		});
	});

	test('does not know the node', async () => {
		const {read} = await openMetrics(ALL);
		expect(await failureOf(read('node-c'))).toMatchObject({
			code: 'not-found',
			brief: 'not in metrics.k8s.io',
		});
	});

	test('answers in no JSON', async () => {
		const page = {status: 200, text: '<html>'};
		const {read} = await openMetrics({[`${V1}/nodes`]: page, [`${V1}/pods`]: page});
		expect(await failureOf(read('node-a'))).toMatchObject({code: 'bad-answer'});
	});

	test('keeps nobody waiting beyond the visit, nor after it is stopped', async () => {
		const {metrics} = await openMetrics({[`${V1}/nodes`]: 'hang'});
		expect(await failureOf(metrics.read('node-a', context({timeoutMs: 50})))).toMatchObject({
			code: 'timeout',
			brief: 'timeout metrics.k8s.io',
		});
		const abort = new AbortController();
		const waiting = failureOf(metrics.read('node-a', context({signal: abort.signal})));
		abort.abort();
		expect(await waiting).toMatchObject({code: 'aborted'});
		expect(await failureOf(metrics.read('node-a', context({signal: abort.signal})))).toMatchObject({
			code: 'aborted',
		});
	});
});
