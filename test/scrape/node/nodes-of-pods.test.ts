import {expect, test} from 'vitest';
import {nodesOfPods} from '../../../source/scrape/node/nodes-of-pods.ts';

const unknown = {kubeletPort: undefined, isVirtual: false, metricsPath: undefined};

test('the nodes of pods are those that they run on, each once, with the address that one of them knows', () => {
	const pods = [
		{nodeName: 'node-a', hostIp: undefined},
		{nodeName: 'node-b', hostIp: '10.0.0.8'},
		{nodeName: 'node-a', hostIp: '10.0.0.7'},
		{nodeName: undefined, hostIp: undefined},
		{nodeName: 'node-c', hostIp: undefined},
	];
	expect(nodesOfPods(pods)).toEqual([
		{...unknown, name: 'node-a', addresses: [{type: 'InternalIP', address: '10.0.0.7'}]},
		{...unknown, name: 'node-b', addresses: [{type: 'InternalIP', address: '10.0.0.8'}]},
		{...unknown, name: 'node-c', addresses: []},
	]);
});
