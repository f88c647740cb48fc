import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import type {PodRow} from '../../../source/metrics/model/row.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {parseFilter} from '../../../source/metrics/view/filter.ts';
import {podInfo} from '../inventories.ts';
import {containerReading, cpuReading, memoryReading, reading} from '../readings.ts';
import {containerRow, podRow} from '../rows.ts';

const columns = columnsOf('containers');

function containers() {
	const store = new Store({capacity: 2, staleAfterMs: 1000});
	store.addNode('n1', 'node-1');
	const container = (
		name: string,
		pod: string,
		cores: number | undefined,
		gib: number,
		startTimeMs: number,
	) =>
		containerReading(name, {
			pod: {uid: pod, namespace: pod.startsWith('kube') ? 'kube-system' : 'shop', name: pod},
			startTimeMs,
			cpu: cores === undefined ? undefined : cpuReading({timeMs: 1, usageCores: cores}),
			memory: memoryReading({timeMs: 1, workingSetBytes: gib * 2 ** 30, limitBytes: 4 * 2 ** 30}),
		});
	store.apply(
		'n1',
		[
			reading(7_200_000, {
				containers: [
					container('Web', 'web-1', 0.75, 3.5, 0),
					container('sidecar', 'web-1', 0.01, 0.1, 0),
					container('proxy', 'kube-proxy-x', undefined, 1, 7_000_000),
				],
			}),
		],
		{kind: 'waiting'},
	);
	return store.view({level: 'containers'}, 'live', 7_200_000).rows;
}

function matching(text: string): readonly string[] | string {
	const filter = parseFilter(text, columns);
	return filter.kind === 'problem'
		? filter.problem
		: containers()
				.filter(row => filter.test(row, 7_200_000))
				.map(row => row.name)
				.sort();
}

describe('a filter', () => {
	test('compares a column by the id that it had before', () => {
		const rows = [podRow('idle', {rxBytesPerSecond: 1}), podRow('busy', {rxBytesPerSecond: 5e6})];
		const filter = parseFilter('rx>1M', columnsOf('pods'));
		expect(filter.kind === 'ok' && rows.filter(row => filter.test(row, 0)).map(({name}) => name)).toEqual([
			'busy',
		]);
	});

	test.each([
		['', ['Web', 'proxy', 'sidecar']],
		['web', ['Web', 'sidecar']],
		['WEB side', ['sidecar']],
		['!kube', ['Web', 'sidecar']],
		['! web', ['Web', 'sidecar']],
		['name:web', ['Web']],
		['CONTAINER:web', ['Web']],
		['namespace:kube', ['proxy']],
		['!namespace:shop', ['proxy']],
		['name=web', ['Web']],
		['cpu>500m', ['Web']],
		['cpu>=0.75', ['Web']],
		['cpu<1', ['Web', 'sidecar']],
		['!cpu<1', ['proxy']],
		['memory>1Gi', ['Web']],
		['memory>=1Gi', ['Web', 'proxy']],
		['memory<200Mi', ['sidecar']],
		['mem%l>80%', ['Web']],
		['age<10m', ['proxy']],
		['age>1h', ['Web', 'sidecar']],
		['web cpu>0.5 !sidecar', ['Web']],
		['side|prox', ['proxy', 'sidecar']],
		['side|', ['sidecar']],
		['!side|prox', ['Web']],
		['name:web|proxy', ['Web', 'proxy']],
		['namespace:kube|shop cpu>0', ['Web', 'sidecar']],
		['namespace=kube-system|none', ['proxy']],
		['namespace!=kube-system', ['Web', 'sidecar']],
		['namespace!=kube-system|shop', []],
		['cpu!=0.01', ['Web']],
		['name:^s', ['sidecar']],
		['!name:^s', ['Web', 'proxy']],
		['^(we|pro).*[by]$', ['Web', 'proxy']],
		['name:^(we|pro).*[by]$', ['Web', 'proxy']],
		['cpu>0.5 | name:proxy', ['Web', 'proxy']],
		['| name:proxy |', ['proxy']],
		['name:proxy | cpu>0.5 !web', ['proxy']],
	])('“%s” keeps %j', (text, expected) => {
		expect(matching(text)).toEqual(expected);
	});

	test.each([
		['size>3', /^no column size: use one of namespace, pod, name/],
		['colour:red', /^no column colour/],
		['cpu>', /^cpu> compares with nothing: write for example cpu>500m$/],
		['status!=', /^status!= compares with nothing: write for example status!=TEXT$/],
		['cpu>lots', /^lots is no number: write for example cpu>500m$/],
		['memory>3Xi', /^3Xi is no number: write for example memory>2Gi$/],
		['name>3', /^name is text: use name:3 instead of >$/],
		['(web', /^\(web: there is no \) for a \($/],
		['web | name:*', /^\*: there is nothing for \* to repeat$/],
	])('“%s” has a message with its error', (text, problem) => {
		expect(matching(text)).toMatch(problem);
	});

	test('takes any text without breaking', () => {
		fc.assert(
			fc.property(fc.string(), text => {
				const filter = parseFilter(text, columns);
				if (filter.kind === 'ok') {
					for (const row of containers()) {
						expect(typeof filter.test(row, 0)).toBe('boolean');
					}
				} else {
					expect(filter.problem).not.toBe('');
				}
			}),
		);
	});
});

describe('a label', () => {
	const labelled = (labels: Record<string, string>) => podRow('p', {info: podInfo('p', {labels})});
	const passes = (text: string, row: PodRow): boolean => {
		const filter = parseFilter(text, columnsOf('pods'));
		return filter.kind === 'ok' && filter.test(row, 0);
	};

	test.each([
		['label:app=web', {app: 'web'}, true],
		['label:app=web', {app: 'webapp'}, false],
		['label:app=', {app: ''}, true],
		['label:app', {app: 'anything'}, true],
		['label:app', {tier: 'app'}, false],
		['!label:app=web', {app: 'db'}, true],
		['!label:app=web', {app: 'web'}, false],
		['label:app.kubernetes.io/name=a=b', {'app.kubernetes.io/name': 'a=b'}, true],
		['LABEL:app=web status:run', {app: 'web'}, true],
	])('%s of %j is %s', (text, labels, expected) => {
		expect(passes(text, labelled(labels))).toBe(expected);
	});

	test('is had by no row without an API server', () => {
		expect(passes('label:app', podRow('p'))).toBe(false);
	});

	test('of a container is its pod’s', () => {
		const row = containerRow('c', {podInfo: podInfo('p', {labels: {app: 'web'}})});
		const filter = parseFilter('label:app=web', columnsOf('containers'));
		expect(filter.kind === 'ok' && filter.test(row, 0)).toBe(true);
	});
});
