import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {fullestOf, fullness} from '../../../source/metrics/model/fullness.ts';
import {highestInodeRatio} from '../../../source/metrics/model/inode-ratio.ts';
import type {VolumeReading} from '../../../source/metrics/model/reading.ts';
import {Volumes} from '../../../source/metrics/model/volumes.ts';

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

/** As rows keep it. */
const KEPT: VolumeReading = {...VOLUME, timeMs: undefined};

const figure = fc.option(fc.oneof(fc.nat(20), fc.maxSafeNat()), {nil: undefined});
const text = fc.string({maxLength: 3});
const lists: fc.Arbitrary<readonly VolumeReading[]> = fc.array(
	fc.record(
		{
			name: text,
			claim: fc.option(fc.record({namespace: text, name: text}, {noNullPrototype: true}), {nil: undefined}),
			timeMs: figure,
			capacityBytes: figure,
			availableBytes: figure,
			usedBytes: figure,
			inodes: figure,
			inodesFree: figure,
			inodesUsed: figure,
		},
		{noNullPrototype: true},
	),
	{maxLength: 4},
);

describe('Packed volumes', () => {
	test('are those that were packed', () => {
		fc.assert(
			fc.property(lists, list => {
				const volumes = Volumes.of(list);
				expect([...volumes]).toStrictEqual(list);
				expect(volumes).toHaveLength(list.length);
				expect(Volumes.of(volumes)).toBe(volumes);
			}),
		);
	});

	test('are as full as the fullest of them', () => {
		fc.assert(
			fc.property(lists, list => {
				const fullest = fullestOf(list);
				const volumes = Volumes.of(list);
				expect(volumes.highestFullness).toBe(fullest && fullness(fullest));
				expect(volumes.highestInodeRatio).toBe(highestInodeRatio(list));
			}),
		);
	});

	test('are not taken for others by the matchers of these tests', () => {
		expect(Volumes.of([VOLUME])).not.toEqual(Volumes.of([{...VOLUME, usedBytes: 41}]));
		expect({volumes: Volumes.of([VOLUME])}).toEqual({volumes: [VOLUME]});
	});
});

describe('the volumes of a pod that is read again', () => {
	test('are those of before while nothing but their time is another', () => {
		const before = Volumes.of([VOLUME]);
		const now = Volumes.of([{...VOLUME, claim: {namespace: 'shop', name: 'data-0'}, timeMs: 2000}]);
		expect(now.keptFrom(before)).toBe(before);
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
		const kept = Volumes.of([VOLUME, {...VOLUME, ...change}]).keptFrom(Volumes.of([VOLUME, VOLUME]));
		expect([...kept]).toEqual([KEPT, {...KEPT, ...change}]);
	});

	test('are the new ones where there are more or fewer, and at first', () => {
		for (const before of [[], [VOLUME, VOLUME]]) {
			expect([...Volumes.of([VOLUME]).keptFrom(Volumes.of(before))]).toEqual([KEPT]);
		}
	});

	test('keep names and claims of their own beside figures that other pods have as well', () => {
		fc.assert(
			fc.property(fc.array(lists, {maxLength: 5}), pods => {
				const kept = pods.map(list => Volumes.of(list).keptFrom(Volumes.NONE));
				expect(kept.map(volumes => [...volumes])).toEqual(
					pods.map(list => list.map(volume => ({...volume, timeMs: undefined}))),
				);
			}),
		);
	});
});
