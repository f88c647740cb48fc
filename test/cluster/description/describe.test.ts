import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {describeObject} from '../../../source/cluster/description/describe.ts';
import type {Answer, GetOptions} from '../../../source/http/endpoint.ts';
import type {DescribedObject, Description} from '../../../source/metrics/model/description.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/apiserver');
const POD: DescribedObject = {kind: 'Pod', namespace: 'shop', name: 'web-0'};
const NODE: DescribedObject = {kind: 'Node', namespace: undefined, name: 'node-a'};

type Body = object | string;

/** An API server with a body for each path, and 404 for others. */
function apiWith(bodies: Readonly<Record<string, Body>>) {
	const paths: string[] = [];
	const get = async (path: string, _options: GetOptions): Promise<Answer> => {
		paths.push(path);
		const [pathname = ''] = path.split('?');
		const body = bodies[pathname];
		const text = typeof body === 'string' ? body : JSON.stringify(body ?? {kind: 'Status', message: 'none'});
		const isRefusal = text.includes('is forbidden');
		return {
			status: isRefusal ? 403 : body === undefined ? 404 : 200,
			headers: {},
			body: Buffer.from(text),
		} as Answer;
	};
	return {get, paths};
}

const NO_EVENTS = {kind: 'EventList', metadata: {}, items: []};

async function described(
	object: DescribedObject,
	bodies: Readonly<Record<string, Body>>,
): Promise<Description> {
	return describeObject(apiWith(bodies), object, new AbortController().signal);
}

function textsOf({facts}: Description): readonly string[] {
	return facts.kind === 'known' ? facts.value.map(({label, text}) => `${label}: ${text}`) : [];
}

const event = (known: object): object => ({
	metadata: {creationTimestamp: '2026-01-01T00:00:00Z'},
	type: 'Normal',
	reason: 'Started',
	message: 'Started container web',
	...known,
});

describe('a pod', () => {
	const pod = {
		metadata: {labels: {app: 'web', tier: 'front'}},
		spec: {
			serviceAccountName: 'shop',
			containers: [
				{
					name: 'web',
					image: 'registry/web:2',
					ports: [{containerPort: 8080, protocol: 'TCP', name: 'http'}],
					resources: {limits: {'nvidia.com/gpu': '2', cpu: '1'}},
					readinessProbe: {httpGet: {path: '/ready', port: 'http'}, timeoutSeconds: 3},
					livenessProbe: {exec: {command: ['cat', '/ok']}, periodSeconds: 5, failureThreshold: 1},
				},
				{name: 'log', image: 'registry/log:1'},
			],
		},
		status: {
			podIPs: [{ip: '10.0.0.7'}, {ip: 'fd00::7'}],
			hostIP: '192.168.0.1',
			conditions: [
				{type: 'PodScheduled', status: 'True'},
				{
					type: 'Ready',
					status: 'False',
					reason: 'ContainersNotReady',
					message: 'containers with unready status: [web]',
					lastTransitionTime: '2026-01-01T00:00:00Z',
				},
			],
			containerStatuses: [{name: 'web', imageID: 'registry/web@sha256:0123456789abcdef0123'}],
		},
	};
	const bodies = {'/api/v1/namespaces/shop/pods/web-0': pod, '/api/v1/namespaces/shop/events': NO_EVENTS};

	test('is described by conditions, images, probes, ports, extended resources, addresses and labels', async () => {
		expect(textsOf(await described(POD, bodies))).toEqual([
			'Condition: Ready False: ContainersNotReady: containers with unready status: [web]',
			'Conditions: PodScheduled True',
			'Image: web: registry/web:2 sha256:0123456789ab',
			'Probe: web: readiness GET :http/ready every 10s, timeout 3s, fails after 3',
			'Probe: web: liveness exec cat /ok every 5s, fails after 1',
			'Ports: web: 8080/TCP http',
			'Extended: web: 2 nvidia.com/gpu',
			'Image: log: registry/log:1',
			'IP: 10.0.0.7 fd00::7',
			'Host IP: 192.168.0.1',
			'Account: shop',
			'Labels: app=web tier=front',
		]);
	});

	test('has conditions that are wrong marked, with the time of their last change', async () => {
		const {facts} = await described(POD, bodies);
		expect(facts.kind === 'known' ? facts.value[0] : undefined).toMatchObject({
			isWrong: true,
			sinceMs: Date.UTC(2026, 0, 1),
		});
	});

	test('of which one container is shown has its facts alone', async () => {
		expect(textsOf(await described({...POD, container: 'web'}, bodies))).toEqual([
			'Image ID: sha256:0123456789ab',
			'Probe: readiness GET :http/ready every 10s, timeout 3s, fails after 3',
			'Probe: liveness exec cat /ok every 5s, fails after 1',
			'Ports: 8080/TCP http',
			'Extended: 2 nvidia.com/gpu',
		]);
	});
});

describe('a node', () => {
	test('is described by conditions, addresses, versions and labels, as recorded', async () => {
		const [node] = JSON.parse(readFileSync(join(FIXTURES, 'nodes.json'), 'utf8')).items;
		const gpus = {
			...node,
			status: {...node.status, capacity: {'nvidia.com/gpu': '8'}, allocatable: {'nvidia.com/gpu': '7'}},
		};
		const texts = textsOf(
			await described(NODE, {'/api/v1/nodes/node-a': gpus, '/api/v1/namespaces/default/events': NO_EVENTS}),
		);
		expect(texts[0]).toBe(
			'Conditions: MemoryPressure False, DiskPressure False, PIDPressure False, Ready True',
		);
		expect(texts).toContain('Extended: nvidia.com/gpu 7 of 8 allocatable');
		expect(texts.join('\n')).toMatch(/Addresses: InternalIP \S+, Hostname node-a/);
		expect(texts.join('\n')).toMatch(/Labels: .*kubernetes\.io\/hostname=node-a/);
	});
});

describe('events', () => {
	const eventsOf = async (object: DescribedObject, path: string, ...items: readonly object[]) => {
		const {events} = await described(object, {[path]: {kind: 'EventList', metadata: {}, items}});
		return events.kind === 'known' ? events.value : [];
	};
	const PATH = '/api/v1/namespaces/shop/events';

	test.each([
		['a pod', POD, '/api/v1/namespaces/shop/events', 'involvedObject.kind=Pod,involvedObject.name=web-0'],
		[
			'a node',
			NODE,
			'/api/v1/namespaces/default/events',
			'involvedObject.kind=Node,involvedObject.name=node-a',
		],
		[
			'a workload',
			{kind: 'Deployment', namespace: 'shop', name: 'web'},
			'/api/v1/namespaces/shop/events',
			'involvedObject.kind=Deployment,involvedObject.name=web',
		],
	] as const)('of %s are selected by the server', async (_what, object, path, selector) => {
		const api = apiWith({});
		await describeObject(api, object, new AbortController().signal);
		const asked = new URL(api.paths.find(one => one.includes('/events')) ?? '', 'http://api');
		expect([asked.pathname, asked.searchParams.get('fieldSelector')]).toEqual([path, selector]);
	});

	test('are the newest first, whichever field has the time', async () => {
		const found = await eventsOf(
			POD,
			PATH,
			event({reason: 'A', lastTimestamp: '2026-01-01T00:01:00Z', count: 3}),
			event({reason: 'B', eventTime: '2026-01-01T00:03:00.000000Z', lastTimestamp: null}),
			event({reason: 'C', series: {count: 9, lastObservedTime: '2026-01-01T00:02:00.000000Z'}}),
			event({reason: 'D'}),
		);
		expect(found.map(({reason, count}) => [reason, count])).toEqual([
			['B', 1],
			['C', 9],
			['A', 3],
			['D', 1],
		]);
	});

	test('of another container of the pod are left out', async () => {
		const about = (container: string) => ({involvedObject: {fieldPath: `spec.containers{${container}}`}});
		const found = await eventsOf(
			{...POD, container: 'web'},
			PATH,
			event({reason: 'Own', ...about('web')}),
			event({reason: 'Other', ...about('log')}),
			event({reason: 'Pod'}),
		);
		expect(found.map(({reason}) => reason)).toEqual(['Own', 'Pod']);
	});

	test('that are forbidden name the flag that grants them', async () => {
		const message =
			'events is forbidden: User "jane" cannot list resource "events" in API group "" in the namespace "shop"';
		const {events, facts} = await described(POD, {
			'/api/v1/namespaces/shop/pods/web-0': {metadata: {}},
			[PATH]: {kind: 'Status', message, reason: 'Forbidden', code: 403},
		});
		expect(facts.kind).toBe('known');
		expect(events).toMatchObject({
			kind: 'failed',
			failure: {
				code: 'forbidden',
				brief: '403 needs events',
				hint: 'grant the verb list on events in namespace shop; ktop rbac --events prints a manifest',
			},
		});
	});

	test('of what is no list are an error', async () => {
		const {events} = await described(POD, {[PATH]: '<html>'});
		expect(events).toMatchObject({kind: 'failed', failure: {code: 'bad-answer'}});
	});
});

test('an abort rejects', async () => {
	const aborted = AbortSignal.abort();
	await expect(describeObject(apiWith({}), POD, aborted)).rejects.toThrow();
});
