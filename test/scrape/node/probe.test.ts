import {describe, expect, test} from 'vitest';
import {parseRoute, routeText} from '../../../source/metrics/model/route.ts';
import type {ReachableNode} from '../../../source/scrape/node/cluster-routes.ts';
import {
	type Cluster,
	failureOf,
	nodeOf,
	openApi,
	openKubelet,
	openReadOnlyPort,
	PROXIED,
	routesOf,
} from './cluster.ts';

const UNSEEN = () => ({isViewed: false, signal: new AbortController().signal});

/** Each route and how it turned out: its route, the failure's brief, or why it was skipped. */
async function probesOf(cluster: Cluster, change: Partial<ReachableNode> = {}) {
	const probes = await routesOf(cluster).probe(nodeOf(cluster.kubelet, change), UNSEEN());
	return probes.map(({via, outcome}) => {
		switch (outcome.kind) {
			case 'ok':
				return [via, routeText(outcome.route)];
			case 'failed':
				return [via, outcome.failure.brief];
			default:
				return [via, `(${outcome.why})`];
		}
	});
}

const PROXY_WORKS = {answers: {[PROXIED]: 'proxy-stats-summary.json'}};

describe('probing a node', () => {
	test('has the kubelet’s answer and the time of its sample', async () => {
		const kubelet = await openKubelet();
		const [first] = await routesOf({kubelet}).probe(nodeOf(kubelet), UNSEEN());
		// `jq .node.cpu.time` of the recording.
		expect(first).toEqual({
			via: 'direct',
			outcome: {
				kind: 'ok',
				degraded: undefined,
				route: parseRoute('summary'),
				latencyMs: expect.any(Number),
				sampleTimeMs: Date.parse('2026-11-23T09:29:44Z'),
				receivedAtMs: 42,
			},
		});
	});

	test('fails where the address leads to the kubelet of another node', async () => {
		const options = {isListed: () => true, via: 'direct'} as const;
		expect(await probesOf({kubelet: await openKubelet(), options}, {name: 'node-b'})).toEqual([
			['direct', 'another node'],
			['read-only', '(the address is unreachable)'],
		]);
	});

	test('does not trouble the proxy where a kubelet answers', async () => {
		expect(await probesOf({kubelet: await openKubelet(), api: await openApi(PROXY_WORKS)})).toEqual([
			['direct', 'summary'],
			['read-only', '(a better route works)'],
			['proxy', '(a better route works)'],
			['metrics.k8s.io', 'no metrics.k8s.io'],
		]);
	});

	test('tries all routes where none works', async () => {
		expect(await probesOf({api: await openApi()})).toEqual([
			['direct', 'refused'],
			['read-only', 'refused'],
			['proxy', '404 /stats/summary'],
			['metrics.k8s.io', 'no metrics.k8s.io'],
		]);
	});

	test('tries the proxy where the kubelet does not answer', async () => {
		expect(await probesOf({api: await openApi(PROXY_WORKS)})).toMatchObject([
			['direct', 'refused'],
			['read-only', 'refused'],
			['proxy', 'proxy summary'],
			['metrics.k8s.io', 'no metrics.k8s.io'],
		]);
	});

	test('keeps to the routes that may be taken', async () => {
		const api = await openApi(PROXY_WORKS);
		expect(await probesOf({api, options: {via: 'direct'}})).toEqual([
			['direct', 'refused'],
			['read-only', 'refused'],
		]);
		expect(await probesOf({api, options: {via: 'proxy'}})).toEqual([
			['proxy', 'proxy summary'],
			['metrics.k8s.io', 'no metrics.k8s.io'],
		]);
	});

	test('says why there is no direct route', async () => {
		expect(await probesOf({api: await openApi(PROXY_WORKS)}, {addresses: []})).toMatchObject([
			['direct', 'no address'],
			['proxy', 'proxy summary'],
			['metrics.k8s.io', 'no metrics.k8s.io'],
		]);
		expect(await probesOf({api: await openApi()}, {isVirtual: true})).toEqual([
			['direct', 'virtual'],
			['proxy', '404 /stats/summary'],
			['metrics.k8s.io', 'no metrics.k8s.io'],
		]);
	});

	test('tries again each time, whatever failed before', async () => {
		const kubelet = await openKubelet({answers: {}});
		const readOnly = await openReadOnlyPort();
		const routes = routesOf({kubelet, readOnly});
		for (let probe = 0; probe < 6; probe++) {
			await routes.probe(nodeOf(kubelet), UNSEEN());
		}

		kubelet.answers['/stats/summary'] = 'summary-1.json';
		expect(await routes.probe(nodeOf(kubelet), UNSEEN())).toMatchObject([
			{via: 'direct', outcome: {route: parseRoute('summary')}},
			{via: 'read-only', outcome: {kind: 'skipped'}},
		]);
	});

	test('ends when it is stopped', async () => {
		const kubelet = await openKubelet({answers: {'/stats/summary': 'hang'}});
		const api = await openApi();
		const abort = new AbortController();
		const probing = failureOf(
			routesOf({kubelet, api}).probe(nodeOf(kubelet), {...UNSEEN(), signal: abort.signal}),
		);
		await expect.poll(() => kubelet.requests).toHaveLength(1);
		abort.abort();
		expect(await probing).toMatchObject({code: 'aborted'});
		expect(api.requests).toEqual([]);
	});
});
