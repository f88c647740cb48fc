import {expect, test} from 'vitest';
import {Store} from '../../../source/metrics/store/store.ts';
import {LIVE} from '../node-states.ts';
import {cpuReading, podReading, reading} from '../readings.ts';

test.each([false, true])(
	'the past of a namespace is that of its pods, whatever came and went (in turns: %s)',
	isAdvanced => {
		const store = new Store({capacity: 10, staleAfterMs: 30_000, isAdvanced});
		const read = (node: string, timeMs: number, ...pods: ReadonlyArray<readonly [string, string]>): void => {
			const cpu = cpuReading({timeMs, usageCores: 1});
			store.apply(
				node,
				[reading(timeMs, {pods: pods.map(([namespace, name]) => podReading(namespace, name, {cpu}))})],
				LIVE,
			);
			while (!store.advance(timeMs, () => true)) {}
		};
		const past = (nowMs: number): readonly number[] =>
			['shop', 'web'].map(name => {
				const row = store.rows('namespaces', {}, 'live', nowMs).find(known => known.name === name);
				return row === undefined
					? Number.NaN
					: (store.history(row, 'cpuCores', {points: 1, stepMs: 1000, endMs: nowMs + 1})[0] ?? Number.NaN);
			});
		store.addNode('n1', 'n1');
		store.addNode('n2', 'n2');
		read('n1', 1000, ['shop', 'a'], ['shop', 'b'], ['web', 'c']);
		expect(past(1000)).toEqual([2, 1]);
		read('n2', 1001, ['shop', 'd']);
		expect(past(1001)).toEqual([3, 1]);
		store.removeNode('n1');
		expect(past(1001)[0]).toBe(1);
	},
);
