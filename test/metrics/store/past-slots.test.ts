import {expect, test} from 'vitest';
import {PackedPod} from '../../../source/metrics/rates/packed-pod.ts';
import {PLACES} from '../../../source/metrics/rates/packed-usage.ts';
import {TickRing} from '../../../source/metrics/rings/tick-ring.ts';
import {MomentOfRings, PastSlots} from '../../../source/metrics/store/past-slots.ts';

/** An object that used some cores at any moment. */
function objectOf(cpuCores: number) {
	const block = {
		ticks: new TickRing(2),
		slab: {valuesAt: () => undefined},
		forms: {pastColumns: []},
	};
	return {
		block,
		slot: 0,
		pastNumberAt: (place: number) => (place === PLACES.cpuCores ? cpuCores : Number.NaN),
	};
}

function rowOf(name: string): PackedPod {
	const on = {nodeId: 'n', node: 'n'};
	return PackedPod.unread({id: `n/${name}`, on, namespace: 'a', name, uid: name, isHostNetwork: false});
}

test('rows that are given are those of the objects of then, whatever is put in their place and read first', () => {
	const slots = new PastSlots<PackedPod>(new MomentOfRings(() => undefined));
	const put = (cpuCores: number): void => slots.put(slots, Uint32Array.of(0), [objectOf(cpuCores)]);
	put(1);
	const before = slots.lend();
	put(2);
	const after = slots.lend();
	const given = [before(0, rowOf('gone')), after(0, rowOf('new')), before(0, rowOf('gone'))];
	expect(given.map(({name, cpuCores}) => [name, cpuCores])).toEqual([
		['gone', 1],
		['new', 2],
		['gone', 1],
	]);
	expect(given[2]).toBe(given[0]);
});
