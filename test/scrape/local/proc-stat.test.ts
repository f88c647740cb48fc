import {describe, expect, test} from 'vitest';
import {parseProcStat} from '../../../source/scrape/local/proc-stat.ts';

describe('/proc/stat', () => {
	test('counts as busy all but idle, waiting for disks, and guests’ time that is in user already', () => {
		expect(parseProcStat('cpu  1 20 300 9999 9999 4000 50000 600000 9999 9999\n').busyNanoseconds).toBe(
			6_543_210_000_000,
		);
	});

	test('tells user code from the kernel, whose interrupts are its own', () => {
		expect(parseProcStat('cpu  1 20 300 9999 9999 4000 50000 600000 9999 9999\n').split).toEqual({
			user: 210_000_000,
			system: 543_000_000_000,
		});
		expect(parseProcStat('').split).toBeUndefined();
	});

	test('is read in ticks of another length where the machine has them', () => {
		expect(parseProcStat('cpu  1024 0 0 0\n', 1024).busyNanoseconds).toBe(1e9);
	});

	test('of a kernel before 2.6 has only four fields', () => {
		expect(parseProcStat('cpu  1 2 3 4\n').busyNanoseconds).toBe(60_000_000);
	});

	test('with a field that cannot be true has no busy time, but its boot time', () => {
		expect(parseProcStat('cpu  1 2 18446744073709551615 4 5 6 7 8\nbtime 17\n')).toEqual({
			busyNanoseconds: undefined,
			split: {user: 30_000_000, system: undefined},
			cores: [],
			onlineCpus: undefined,
			bootTimeMs: 17_000,
		});
	});

	test('has each core that is online, one of them unknown', () => {
		const text = 'cpu  4 0 0 9\ncpu0 1 0 0 5\ncpu3 3 0 0 4\ncpu4 1 -1 0 4\nintr 1\n';
		expect(parseProcStat(text)).toMatchObject({
			cores: [
				{name: '0', busyNanoseconds: 10_000_000},
				{name: '3', busyNanoseconds: 30_000_000},
				{name: '4', busyNanoseconds: undefined},
			],
			onlineCpus: 3,
		});
	});
});
