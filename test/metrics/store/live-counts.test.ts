import fc from 'fast-check';
import {expect, test} from 'vitest';
import {LiveCounts} from '../../../source/metrics/store/live-counts.ts';

test('counts of parts that change are the sum of what the parts have now', () => {
	const parts = [{}, {}, {}];
	const count = fc.nat(2);
	const counts = fc.option(
		fc.dictionary(fc.constantFrom('shop', 'kube-system', ''), fc.record({pods: count, containers: count})),
		{
			nil: undefined,
		},
	);
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.constantFrom(...parts), counts)), changes => {
			const live = new LiveCounts<object>();
			const now = new Map<object, Readonly<Record<string, {pods: number; containers: number}>>>();
			for (const [part, has] of changes) {
				live.set(part, has && new Map(Object.entries(has)));
				now.set(part, has ?? {});
			}

			for (const namespace of ['shop', 'kube-system', '']) {
				const has = [...now.values()].map(part => part[namespace] ?? {pods: 0, containers: 0});
				const pods = has.reduce((sum, each) => sum + each.pods, 0);
				const containers = has.reduce((sum, each) => sum + each.containers, 0);
				expect(live.sum.get(namespace)).toEqual(pods + containers === 0 ? undefined : {pods, containers});
			}
		}),
	);
});
