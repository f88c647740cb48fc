import {describe, expect, test} from 'vitest';
import {downsamplingNotices, memoryBudget} from '../../source/connect/memory-budget.ts';

const GIB = 2 ** 30;
const MIB = 2 ** 20;

describe('the memory that ktop plans with', () => {
	test.each([
		['a quarter of the machine’s', undefined, {machineBytes: 8 * GIB, limitBytes: 0}, 2 * GIB],
		[
			'a quarter of the machine’s where the cgroup has no limit',
			undefined,
			{machineBytes: 8 * GIB, limitBytes: 2 ** 64},
			2 * GIB,
		],
		['a quarter of what the cgroup may use', undefined, {machineBytes: 8 * GIB, limitBytes: GIB}, GIB / 4],
		['what is given, whatever the machine has', 500 * MIB, {machineBytes: 8 * GIB, limitBytes: 0}, 500 * MIB],
	])('is %s, and half of it is for past samples', (_, given, machine, bytes) => {
		expect(memoryBudget(given, machine)).toEqual({
			bytes,
			ringBytes: bytes / 2,
			isGiven: given !== undefined,
		});
	});

	test('is known on this machine', () => {
		const {bytes} = memoryBudget(undefined);
		expect(bytes).toBeGreaterThan(0);
		expect(bytes).toBeLessThan(2 ** 50);
	});
});

describe('a past that is coarser than it was read', () => {
	const downsampled = {
		whole: 30,
		coarsest: 2,
		wholeBytes: 293 * MIB,
		bytes: 200 * MIB,
		budgetBytes: 256 * MIB,
	};

	test('is said with the reason and what helps', () => {
		const budget = memoryBudget(512 * MIB);
		expect(downsamplingNotices(downsampled, budget, 10_000)).toEqual([
			'samples before the last 5m are means of up to 20s (--memory 512MiB): --memory 1GiB or a shorter --window keeps all',
		]);
	});

	test('is said to be by default, and where it takes too much though it is as coarse as can be', () => {
		const budget = memoryBudget(undefined, {machineBytes: 2 * GIB, limitBytes: 0});
		expect(
			downsamplingNotices({...downsampled, coarsest: 1024, bytes: 300 * MIB}, budget, 10_000, ''),
		).toEqual([
			'samples before the last 5m are means of up to 2h, and still take more than the 256MiB for them of --memory 512MiB, the default here: --memory 1GiB keeps all',
		]);
	});

	test('is not said where every sample is kept', () => {
		expect(downsamplingNotices(undefined, memoryBudget(undefined), 10_000)).toEqual([]);
	});
});
