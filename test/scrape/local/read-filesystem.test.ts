import type {BigIntStatsFs} from 'node:fs';
import {expect, test} from 'vitest';
import {openMachine} from '../../../source/scrape/local/machine.ts';
import {readFilesystem} from '../../../source/scrape/local/read-node.ts';

const STATS: BigIntStatsFs = {
	type: 0xef53n,
	bsize: 4096n,
	blocks: 1000n,
	bfree: 300n,
	bavail: 250n,
	files: 800n,
	ffree: 700n,
};

function read(stats: Partial<BigIntStatsFs>) {
	const machine = {...openMachine('/nowhere'), filesystem: async () => ({...STATS, ...stats})};
	return readFilesystem(machine, '/data', () => 5);
}

test('what is kept for root is neither used nor available', async () => {
	expect(await read({})).toEqual({
		name: '/data',
		timeMs: 5,
		capacityBytes: 4_096_000,
		usedBytes: 2_867_200,
		availableBytes: 1_024_000,
		inodes: 800,
		inodesFree: 700,
		inodesUsed: 100,
	});
});

test('a file system that makes inodes as it needs them has an unknown number', async () => {
	expect(await read({files: 0n, ffree: 0n})).toMatchObject({
		inodes: undefined,
		inodesFree: undefined,
		inodesUsed: undefined,
	});
});

test('a file system without a size is left out', async () => {
	expect(await read({blocks: 0n})).toBeUndefined();
});
