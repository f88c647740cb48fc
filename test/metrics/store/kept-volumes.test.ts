import {describe, expect, test} from 'vitest';
import type {VolumeReading} from '../../../source/metrics/model/reading.ts';
import {keptVolumes} from '../../../source/metrics/store/kept-volumes.ts';

const VOLUME: VolumeReading = {
	name: 'data',
	claim: {namespace: 'shop', name: 'data-0'},
	timeMs: 1000,
	capacityBytes: 100,
	availableBytes: 60,
	usedBytes: 40,
	inodes: 10,
	inodesFree: 9,
	inodesUsed: 1,
};

describe('the volumes of a pod that is read again', () => {
	test('are those of before while nothing but their time is another', () => {
		const before = [VOLUME];
		expect(keptVolumes(before, [{...VOLUME, claim: {namespace: 'shop', name: 'data-0'}, timeMs: 2000}])).toBe(
			before,
		);
	});

	test.each<readonly [string, Partial<VolumeReading>]>([
		['name', {name: 'other'}],
		['claim', {claim: undefined}],
		['claim of another namespace', {claim: {namespace: 'other', name: 'data-0'}}],
		['capacity', {capacityBytes: 101}],
		['room', {availableBytes: undefined}],
		['use', {usedBytes: 41}],
		['inodes', {inodes: 11}],
		['free inodes', {inodesFree: 8}],
		['used inodes', {inodesUsed: undefined}],
	])('are the new ones where one has another %s', (_, change) => {
		const now = [VOLUME, {...VOLUME, ...change}];
		expect(keptVolumes([VOLUME, VOLUME], now)).toBe(now);
	});

	test('are the new ones where there are more or fewer, and at first', () => {
		for (const before of [[], [VOLUME, VOLUME]]) {
			const now = [VOLUME];
			expect(keptVolumes(before, now)).toBe(now);
		}
	});
});
