import fc from 'fast-check';
import {expect, test} from 'vitest';
import {KtopError} from '../../../source/metrics/model/failure.ts';
import {
	decodeMachine,
	decodeVersion1,
	decodeVersion2,
} from '../../../source/scrape/cadvisor/decode-answers.ts';
import {readHistory} from '../../../source/scrape/cadvisor/read-history.ts';
import type {SampleHistory} from '../../../source/scrape/cadvisor/sample-history.ts';
import {recorded} from './recorded-cadvisor.ts';

type Json = null | boolean | number | string | Json[] | {[key: string]: Json};

const machine = decodeMachine(recorded('v2.1-machine.json'));

/** A few cgroups of the recording: the root, a pod, its containers, a plain cgroup. */
const VERSION_1: Json = JSON.parse(recorded('v1.3-subcontainers-accept-gzip.json')).filter(
	({name}: {name: string}) => /^\/(t1)?$|49b3cc85/.test(name),
);
const VERSION_2: Json = Object.fromEntries(
	Object.entries(JSON.parse(recorded('v2.1-stats-recursive-count2-1.json'))).filter(([name]) =>
		/^\/t1$|49b3cc85/.test(name),
	),
) as Json;
const MACHINE_2: Json = JSON.parse(recorded('v2.1-machinestats-1.json'));

const nonsense = fc.oneof(
	fc.constantFrom<Json>(null, -1, 1.8e19, 2 ** 63, 1e300, '', 'x', [], [null], {}, true, 0),
	fc.jsonValue({maxDepth: 2}) as fc.Arbitrary<Json>,
);

/** Replaces the values at a few random places of a tree. */
function damaged(tree: Json, wrong: fc.Arbitrary<Json> = nonsense): fc.Arbitrary<Json> {
	const places = placesOf(tree);
	return fc.array(fc.tuple(fc.nat(places.length - 1), wrong), {minLength: 1, maxLength: 12}).map(damages => {
		const copy = {root: structuredClone(tree)};
		for (const [index, value] of damages) {
			let at: unknown = copy;
			const path = places[index] ?? [];
			for (const key of path.slice(0, -1)) {
				at = (at as Record<string, unknown> | null | undefined)?.[key];
			}

			const last = path.at(-1);
			if (typeof at === 'object' && at !== null && last !== undefined) {
				(at as Record<string, unknown>)[last] = structuredClone(value);
			}
		}

		return copy.root;
	});
}

function placesOf(tree: Json, path: readonly string[] = ['root']): ReadonlyArray<readonly string[]> {
	return typeof tree === 'object' && tree !== null
		? [path, ...Object.entries(tree).flatMap(([key, value]) => placesOf(value, [...path, key]))]
		: [path];
}

function expectSound(decode: () => SampleHistory): void {
	let history: SampleHistory;
	try {
		history = decode();
	} catch (error) {
		expect(error).toBeInstanceOf(KtopError);
		return;
	}

	const {readings} = readHistory(history, machine, {receivedAtMs: 1e13, sinceMs: undefined, count: 60});
	expect(readings.length).toBeGreaterThan(0);
	expect(numbersOf(readings).filter(value => !(value >= 0 && value < 2 ** 63))).toEqual([]);
}

function numbersOf(value: unknown): readonly number[] {
	if (typeof value === 'number') {
		return [value];
	}

	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}

test('no damage to version 1.3 brings an unexpected error or an impossible number', () => {
	fc.assert(
		fc.property(damaged(VERSION_1), tree => {
			expectSound(() => decodeVersion1(JSON.stringify(tree)));
		}),
		{numRuns: 300},
	);
});

test('no damage to version 2.1 brings an unexpected error or an impossible number', () => {
	fc.assert(
		fc.property(damaged(MACHINE_2), damaged(VERSION_2), (machineStats, stats) => {
			expectSound(() => decodeVersion2(JSON.stringify(machineStats), JSON.stringify(stats)));
		}),
		{numRuns: 300},
	);
});

/** The same tree, every number above 0 and different from every other. */
function withoutZeros(tree: Json): Json {
	let last = 1000;
	return JSON.parse(JSON.stringify(tree), (_key, value) => (typeof value === 'number' ? ++last : value));
}

/** Differences, which may well be 0. */
const DERIVED = new Set(['availableBytes', 'inodesUsed', 'rejectedValues']);

function zerosOf(value: unknown): readonly string[] {
	return typeof value === 'object' && value !== null
		? Object.entries(value).flatMap(([key, leaf]) =>
				leaf === 0 && !DERIVED.has(key) ? [key] : zerosOf(leaf),
			)
		: [];
}

const unreadable = fc.constantFrom<Json>(null, -1, 1.8e19, 2 ** 63, '', 'x', '0', [], {}, false);

test.each<[string, Json, (tree: Json) => SampleHistory]>([
	['version 1.3', withoutZeros(VERSION_1), tree => decodeVersion1(JSON.stringify(tree))],
	[
		'version 2.1',
		withoutZeros([MACHINE_2, VERSION_2]),
		tree => {
			const [machineStats, stats] = Array.isArray(tree) ? tree : [];
			return decodeVersion2(JSON.stringify(machineStats ?? null), JSON.stringify(stats ?? null));
		},
	],
])('what cannot be read of %s never turns into a 0', (_what, tree, decode) => {
	fc.assert(
		fc.property(damaged(tree, unreadable), damagedTree => {
			let history: SampleHistory;
			try {
				history = decode(damagedTree);
			} catch (error) {
				expect(error).toBeInstanceOf(KtopError);
				return;
			}

			const {readings} = readHistory(history, machine, {receivedAtMs: 1e13, sinceMs: undefined, count: 60});
			expect(zerosOf(readings)).toEqual([]);
		}),
		{numRuns: 300},
	);
});

test('no damage to the machine brings an unexpected error', () => {
	fc.assert(
		fc.property(fc.oneof(nonsense, damaged({num_cores: 2, memory_capacity: 5, swap_capacity: 0})), tree => {
			try {
				const values = numbersOf(decodeMachine(JSON.stringify(tree)));
				expect(values.every(value => value >= 0 && value < 2 ** 63)).toBe(true);
			} catch (error) {
				expect(error).toBeInstanceOf(KtopError);
			}
		}),
		{numRuns: 200},
	);
});

test('a number that cannot be true is counted, and the rest of its container kept', () => {
	const body = JSON.stringify([
		{
			name: '/',
			spec: {},
			stats: [
				{
					timestamp: '2026-11-23T09:34:05Z',
					cpu: {usage: {total: 5}},
					memory: {usage: 2 ** 64, working_set: 7},
				},
			],
		},
	]);
	const [reading] = readHistory(decodeVersion1(body), machine, {
		receivedAtMs: 1,
		sinceMs: undefined,
		count: 1,
	}).readings;
	expect(reading).toMatchObject({
		rejectedValues: 1,
		node: {cpu: {usageCoreNanoseconds: 5}, memory: {usageBytes: undefined, workingSetBytes: 7}},
	});
});
