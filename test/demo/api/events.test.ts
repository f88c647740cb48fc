import {describe, expect, test} from 'vitest';
import {askApi, demoCluster, listAll} from './ask-api.ts';

type Event = {readonly type: string; readonly reason: string; readonly count: number};

const cluster = demoCluster();

function eventsOf(namespace: string, kind: string, name: string): readonly Event[] {
	const selector = encodeURIComponent(`involvedObject.kind=${kind},involvedObject.name=${name}`);
	return listAll(
		cluster,
		`/api/v1/namespaces/${namespace}/events?fieldSelector=${selector}`,
	) as unknown as Event[];
}

function podNamed(prefix: string) {
	const pod = listAll(cluster, '/api/v1/pods').find(({metadata}) => metadata.name.startsWith(prefix));
	return {namespace: pod?.metadata.namespace ?? '', name: pod?.metadata.name ?? ''};
}

describe('events of the demo', () => {
	test.each([
		['reconciler', 'BackOff'],
		['search-index', 'FailedScheduling'],
		['hog', 'Evicted'],
		['preview', 'BackOff'],
	])('say why %s does not run', (prefix, reason) => {
		const {namespace, name} = podNamed(prefix);
		const warnings = eventsOf(namespace, 'Pod', name).filter(({type}) => type === 'Warning');
		expect(warnings.map(event => event.reason)).toEqual([reason]);
	});

	test('of a node are changes of its conditions', () => {
		const [node] = listAll(cluster, '/api/v1/nodes');
		expect(eventsOf('default', 'Node', node?.metadata.name ?? '').map(({reason}) => reason)).toContain(
			'NodeReady',
		);
	});

	test('of what does not exist are none', () => {
		expect(eventsOf('shop', 'Pod', 'nobody')).toEqual([]);
		expect(askApi(cluster, '/api/v1/namespaces/shop/events').body.items).toEqual([]);
	});
});
