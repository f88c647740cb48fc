import {expect, test} from 'vitest';
import {controllerKey} from '../../../source/metrics/model/controller.ts';
import {controllersWithin} from '../../../source/metrics/model/controllers-within.ts';
import type {Scope} from '../../../source/metrics/model/view.ts';

const CONTROLLERS = new Map(
	['shop/web', 'shop/api', 'batch/web'].map(text => {
		const [namespace = '', name = ''] = text.split('/');
		const controller = {kind: 'Deployment', namespace, name, wantedPods: 1, createdAtMs: undefined};
		return [controllerKey(controller), controller] as const;
	}),
);

test.each<[string, Scope, readonly string[]]>([
	['no scope', {}, ['shop/web', 'shop/api', 'batch/web']],
	['a namespace', {namespaces: ['batch']}, ['batch/web']],
	['a workload', {workloadId: 'workload/shop/Deployment/web/b'}, ['shop/web']],
	['the workload of another cluster', {workloadId: 'workload/shop/Deployment/web'}, []],
	['its cluster', {cluster: 'b'}, ['shop/web', 'shop/api', 'batch/web']],
	['another cluster', {cluster: 'c'}, []],
	['a node, which has pods of a controller alone', {nodeId: 'n'}, []],
	['a pod', {podId: 'n/p'}, []],
])('controllers within %s', (_, scope, expected) => {
	const found = [...controllersWithin(CONTROLLERS, scope, 'b').values()];
	expect(found.map(({namespace, name}) => `${namespace}/${name}`)).toEqual(expected);
});
