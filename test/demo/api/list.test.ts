import {describe, expect, test} from 'vitest';
import type {ClusterModel} from '../../../source/demo/model/cluster.ts';
import {type ApiObject, askApi, demoCluster, listAll, NOW_MS} from './ask-api.ts';

const cluster = demoCluster();

/** All pages, each asked for a second after the one before. */
function readPages(
	of: ClusterModel,
	path: string,
	limit: number,
): {readonly items: readonly ApiObject[]; readonly versions: ReadonlySet<string | undefined>} {
	const items: ApiObject[] = [];
	const versions = new Set<string | undefined>();
	let token = '';
	let nowMs = NOW_MS;
	do {
		const {metadata, items: page} = askApi(of, `${path}limit=${limit}&continue=${token}`, nowMs).body;
		items.push(...page);
		versions.add(metadata.resourceVersion);
		token = metadata.continue ?? '';
		nowMs += 1000;
	} while (token !== '');
	return {items, versions};
}

describe('a list', () => {
	test.each(['/api/v1/pods?', '/api/v1/nodes?', '/api/v1/namespaces?', '/api/v1/namespaces/shop/pods?'])(
		'of %s is the same in pages, all of one version',
		path => {
			for (const limit of [1, 7, 500]) {
				const {items, versions} = readPages(cluster, path, limit);
				expect(items).toEqual(listAll(cluster, path));
				expect([...versions]).toEqual([String(NOW_MS)]);
			}
		},
	);

	test('counts what remains after a page', () => {
		const {metadata, items} = askApi(cluster, '/api/v1/pods?limit=100').body;
		expect([items.length, metadata.remainingItemCount]).toEqual([100, 147]);
		const next = askApi(cluster, `/api/v1/pods?limit=100&continue=${metadata.continue}`).body;
		expect(next.metadata.remainingItemCount).toBe(47);
	});

	test('does not count what remains where it is selected from', () => {
		const {metadata} = askApi(cluster, '/api/v1/pods?limit=1&labelSelector=app').body;
		expect(metadata.continue).toBeDefined();
		expect(metadata.remainingItemCount).toBeUndefined();
	});

	test('has objects whose version is when they changed last, not after the list', () => {
		for (const {metadata} of listAll(cluster, '/api/v1/pods')) {
			expect(Number(metadata.resourceVersion)).toBeLessThanOrEqual(NOW_MS);
		}

		expect(listAll(cluster, '/api/v1/namespaces', NOW_MS + 1)).toEqual(
			listAll(cluster, '/api/v1/namespaces'),
		);
	});

	test('of an exact version is the state at that version', () => {
		const then = listAll(cluster, '/api/v1/pods', NOW_MS - 200_000);
		const exact = `/api/v1/pods?resourceVersion=${NOW_MS - 200_000}&resourceVersionMatch=Exact`;
		expect(listAll(cluster, exact)).toEqual(then);
		expect(listAll(cluster, '/api/v1/pods')).not.toEqual(then);
	});

	test('whose beginning is over five minutes ago goes on with another token', () => {
		const {continue: token} = askApi(cluster, '/api/v1/pods?limit=240').body.metadata;
		const late = askApi(cluster, `/api/v1/pods?limit=240&continue=${token}`, NOW_MS + 300_001);
		expect([late.status, late.body.reason]).toEqual([410, 'Expired']);
		const rest = askApi(
			cluster,
			`/api/v1/pods?continue=${late.body.metadata.continue}`,
			NOW_MS + 300_001,
		).body;
		expect(rest.metadata.resourceVersion).toBe(String(NOW_MS + 300_001));
		expect(rest.items).toEqual(listAll(cluster, '/api/v1/pods', NOW_MS + 300_001).slice(240));
	});

	test('of 5,000 nodes and 150,000 pods comes in pages', () => {
		const large = demoCluster(5000, 150_000);
		const pods = askApi(large, '/api/v1/pods?limit=500').body;
		expect([pods.items.length, pods.metadata.remainingItemCount]).toEqual([500, 149_507]);
		const nodes = askApi(large, '/api/v1/nodes?limit=500').body;
		expect([nodes.items.length, nodes.metadata.remainingItemCount]).toEqual([500, 4500]);
	});
});

describe('a selector', () => {
	const pods = listAll(cluster, '/api/v1/pods');

	test.each([
		['fieldSelector=spec.nodeName=worker-12', 20],
		['fieldSelector=spec.nodeName=', 1],
		['fieldSelector=spec.nodeName=worker-99', 0],
		['fieldSelector=metadata.name=ledger-db-0', 1],
		['fieldSelector=metadata.name=ledger-db-0,metadata.namespace=shop', 0],
		['fieldSelector=status.phase=Succeeded', 3],
		['fieldSelector=status.phase!=Running', 6],
		['labelSelector=app=kube-proxy', 12],
		['labelSelector=app==kube-proxy', 12],
		['labelSelector=app!=kube-proxy', 235],
		['labelSelector=app in (kube-proxy, fluent-bit)', 24],
		['labelSelector=app in (kube-proxy,fluent-bit),app notin (fluent-bit)', 12],
		['labelSelector=job-name', 3],
		['labelSelector=!app', 0],
		['labelSelector=', 247],
	])('%s selects %d pods', (query, count) => {
		expect(listAll(cluster, `/api/v1/pods?${query}`)).toHaveLength(count);
	});

	test('by namespace selects its pods', () => {
		expect(listAll(cluster, '/api/v1/namespaces/payments/pods')).toEqual(
			pods.filter(({metadata}) => metadata.namespace === 'payments'),
		);
	});

	test.each([
		['fieldSelector=metadata.name=worker-03', ['worker-03']],
		['labelSelector=node-role.kubernetes.io/control-plane', ['worker-01']],
		['labelSelector=kubernetes.io/hostname in (worker-02,worker-04)', ['worker-02', 'worker-04']],
	])('%s selects the nodes %j', (query, names) => {
		const nodes = listAll(cluster, `/api/v1/nodes?${query}`);
		expect(nodes.map(({metadata}) => metadata.name)).toEqual(names);
	});
});
