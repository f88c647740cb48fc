import {expect, test} from 'vitest';
import {askApi, demoCluster, listAll} from './ask-api.ts';

const cluster = demoCluster();

type ControllerObject = {
	readonly metadata: {readonly name: string; readonly namespace?: string};
	readonly spec?: {readonly replicas?: number};
	readonly status?: {readonly desiredNumberScheduled?: number};
};

const listed = (path: string): readonly ControllerObject[] => listAll(cluster, path);

test.each([
	['deployments', 'Deployment'],
	['statefulsets', 'StatefulSet'],
	['daemonsets', 'DaemonSet'],
])('%s are listed in pages and by namespace', (resource, kind) => {
	const path = `/apis/apps/v1/${resource}`;
	const all = listed(path);
	expect(askApi(cluster, path).body).toMatchObject({kind: `${kind}List`, apiVersion: 'apps/v1'});
	expect(all.length).toBeGreaterThan(1);
	const [first] = all;
	const {metadata, items} = askApi(cluster, `${path}?limit=1`).body;
	expect([items[0]?.metadata.name, metadata.remainingItemCount]).toEqual([
		first?.metadata.name,
		all.length - 1,
	]);
	const inside = listed(`/apis/apps/v1/namespaces/${first?.metadata.namespace}/${resource}`);
	expect(inside).toEqual(all.filter(({metadata}) => metadata.namespace === first?.metadata.namespace));
});

test('controllers want as many pods as the cluster has, and those that did not start', () => {
	const wanted = ['deployments', 'statefulsets', 'daemonsets']
		.flatMap(resource => listed(`/apis/apps/v1/${resource}`))
		.reduce((sum, {spec, status}) => sum + (spec?.replicas ?? status?.desiredNumberScheduled ?? 0), 0);
	const jobs = listAll(cluster, '/api/v1/pods?labelSelector=job-name').length;
	expect(wanted).toBe(listAll(cluster, '/api/v1/pods').length - jobs);
});
