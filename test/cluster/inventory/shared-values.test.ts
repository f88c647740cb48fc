import {describe, expect, test} from 'vitest';
import {decodePod} from '../../../source/cluster/inventory/pod-decoder.ts';
import {sharedAmounts, sharedLabels, sharedOwner} from '../../../source/cluster/inventory/shared-values.ts';
import {recordedPods} from './fixtures.ts';

describe('values that many pods repeat', () => {
	test('amounts, and what tells whether they are limits, are one object for all pods that ask for the same', () => {
		const [pod] = recordedPods();
		const [one, other] = [decodePod(JSON.parse(JSON.stringify(pod))), decodePod(structuredClone(pod))];
		expect(one).toEqual(other);
		expect(one?.requests).toBe(other?.requests);
		expect(one?.limits).toBe(other?.limits);
		expect(one?.isLimited).toBe(other?.isLimited);
		expect(one?.containers[0]?.requests).toBe(other?.containers[0]?.requests);
	});

	test.each([
		{cpuCores: undefined, memoryBytes: 1},
		{cpuCores: 1, memoryBytes: undefined},
		{cpuCores: 1, memoryBytes: 1},
		{cpuCores: undefined, memoryBytes: undefined},
	])('amounts that differ stay what they are: %o', amounts => {
		expect(sharedAmounts({...amounts})).toEqual(amounts);
	});

	test('labels are one object for all pods that have the same, and stay what they are where they differ', () => {
		const labels = sharedLabels({app: 'web', tier: 'front'});
		expect(sharedLabels({app: 'web', tier: 'front'})).toBe(labels);
		expect(sharedLabels({app: 'web'})).toEqual({app: 'web'});
		expect(sharedLabels({app: 'web","tier":"front'})).toEqual({app: 'web","tier":"front'});
		expect(sharedLabels({})).toEqual({});
	});

	test('an owner is told from one of another kind, and from one whose name goes on', () => {
		expect(sharedOwner({kind: 'Job', name: 'a'})).toEqual({kind: 'Job', name: 'a'});
		expect(sharedOwner({kind: 'ReplicaSet', name: 'a'})).toEqual({kind: 'ReplicaSet', name: 'a'});
		expect(sharedOwner({kind: 'Job', name: 'ab'})).toEqual({kind: 'Job', name: 'ab'});
	});

	test('so many values that not all are remembered are the same as before', () => {
		for (let value = 0; value < 50_000; value++) {
			expect(sharedAmounts({cpuCores: value, memoryBytes: undefined}).cpuCores).toBe(value);
		}
	});
});
