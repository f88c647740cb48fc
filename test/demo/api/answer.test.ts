import {describe, expect, test} from 'vitest';
import {answerApi} from '../../../source/demo/api/answer.ts';
import {askApi, demoCluster, NOW_MS, nodeWith} from './ask-api.ts';

const cluster = demoCluster();

describe('the simulated API server', () => {
	test('reports its version', () => {
		expect(askApi(cluster, '/version').body).toMatchObject({major: '1', minor: '36', gitVersion: 'v1.36.2'});
	});

	test.each([
		['/nope', 404, 'NotFound', 'the server could not find the requested resource'],
		['/api/v1/pods/web-0', 404, 'NotFound', 'the server could not find the requested resource'],
		['/api/v1/nodes/nope', 404, 'NotFound', 'nodes "nope" not found'],
		['/api/v1/nodes/nope/proxy/stats/summary', 404, 'NotFound', 'nodes "nope" not found'],
		['/api/v1/namespaces/shop/pods/nope', 404, 'NotFound', 'pods "nope" not found'],
		['/apis/metrics.k8s.io/v1/nodes', 404, 'NotFound', 'the server could not find'],
		['/api/v1/pods?limit=5&continue=garbage', 400, 'BadRequest', 'invalid continue token'],
		['/api/v1/pods?limit=-1', 400, 'BadRequest', 'limit: Invalid value'],
		['/api/v1/pods?labelSelector=a%20b', 400, 'BadRequest', 'unable to parse requirement'],
		['/api/v1/pods?labelSelector=app,,zone', 400, 'BadRequest', 'unable to parse requirement'],
		['/api/v1/pods?fieldSelector=web', 400, 'BadRequest', 'invalid field selector'],
		['/api/v1/pods?fieldSelector=spec.x=1', 400, 'BadRequest', 'field label not supported: spec.x'],
		['/api/v1/pods?resourceVersion=one', 400, 'BadRequest', 'Invalid value: "one"'],
		['/api/v1/pods?watch=1&resourceVersion=one', 400, 'BadRequest', 'Invalid value: "one"'],
		[`/api/v1/pods?resourceVersion=${NOW_MS + 1}`, 504, 'Timeout', 'Too large resource version'],
		['/api/v1/pods?resourceVersion=1&limit=1', 410, 'Expired', 'too old resource version: 1 ('],
	])('answers %s with %d %s', (path, status, reason, message) => {
		const answered = askApi(cluster, path);
		expect(answered.status).toBe(status);
		expect(answered.body).toMatchObject({
			kind: 'Status',
			apiVersion: 'v1',
			status: 'Failure',
			reason,
			message: expect.stringContaining(message),
			code: status,
		});
	});

	test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('turns %s down', method => {
		const answered = answerApi(cluster, method, '/api/v1/pods', NOW_MS);
		expect(answered).toMatchObject({
			status: 405,
			body: expect.stringContaining('"reason":"MethodNotAllowed"'),
		});
	});

	test('names the namespaces of its pods', () => {
		const {kind, items} = askApi(cluster, '/api/v1/namespaces').body;
		expect(kind).toBe('NamespaceList');
		const names = items.map(({metadata}) => metadata.name);
		expect(names).toEqual([...names].sort());
		for (const {metadata} of askApi(cluster, '/api/v1/pods').body.items) {
			expect(names).toContain(metadata.namespace);
		}
	});

	test.each(['forbidden', 'resource-only'] as const)(
		'may read the kubelet of the node that is %s by proxy',
		fault => {
			const answered = answerApi(
				cluster,
				'GET',
				`/api/v1/nodes/${nodeWith(cluster, fault)}/proxy/stats/summary?only_cpu_and_memory=true`,
				NOW_MS,
			);
			expect(answered).toMatchObject({status: 200, body: expect.stringMatching(/^\{\n "node": \{/)});
		},
	);

	test('hangs with the kubelet that hangs', () => {
		const path = `/api/v1/nodes/${nodeWith(cluster, 'hung')}/proxy/stats/summary`;
		expect(answerApi(cluster, 'GET', path, NOW_MS)).toBe('hang');
	});
});
