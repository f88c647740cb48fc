import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {FLAGS, heapGrowingPercent, scaleOf} from '../../source/commands/v8-flags.ts';

const MIB = 2 ** 20;

describe('how far a heap grows before it is collected', () => {
	test.each([
		['a small heap to four more of itself at most', 8 * MIB, 400],
		['by 64 MiB', 32 * MIB, 200],
		['by 64 MiB, which is two thirds of it', 96 * MIB, 66],
		['a large heap by 40 %', 300 * MIB, 40],
	])('%s', (_, liveBytes, percent) => {
		expect([heapGrowingPercent(liveBytes, 'few'), heapGrowingPercent(liveBytes, 'thousands')]).toEqual([
			percent,
			percent,
		]);
	});

	test.each([
		['by 64 MiB', 32 * MIB, 200],
		['to 120 MiB', 96 * MIB, 25],
		['a large one by 15 %', 300 * MIB, 15],
	])('with many nodes: %s', (_, liveBytes, percent) => {
		expect(heapGrowingPercent(liveBytes, 'many')).toBe(percent);
	});
});

test('nodes are taken for many until it is known how many they are', () => {
	expect([undefined, 0, 399, 400, 2000, 2001].map(scaleOf)).toEqual([
		'many',
		'few',
		'few',
		'many',
		'many',
		'thousands',
	]);
});

test('this Node knows all flags: V8 writes an error over the screen for one that it does not know', () => {
	const {status, stderr} = spawnSync(process.execPath, [...Object.values(FLAGS), '--eval', ''], {
		encoding: 'utf8',
	});
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
});

test.each([
	[100, 16],
	[1000, 8],
])(
	'with %i nodes the young generation has %i MiB at most, whatever survives and however many threads start',
	(nodes, mostMib) => {
		const script = `
		const {boundHeaps} = await import(${JSON.stringify(new URL('../../source/commands/v8-flags.ts', import.meta.url).href)});
		const {getHeapSpaceStatistics} = await import('node:v8');
		const {Worker} = await import('node:worker_threads');
		boundHeaps(() => ${nodes});
		const kept = [];
		for (let turn = 0; turn < 200; turn++) {
			if (turn === 20) {
				await new Promise(resolve => new Worker('', {eval: true}).once('exit', resolve));
			}

			for (let i = 0; i < 5000; i++) {
				kept.push({i});
			}

			await new Promise(resolve => setTimeout(resolve, 1));
		}

		const young = getHeapSpaceStatistics().find(({space_name}) => space_name === 'new_space');
		console.log(young.space_size / 2 ** 20);
	`;
		const {stdout, stderr} = spawnSync(
			process.execPath,
			['--import', 'tsx', '--input-type=module', '--eval', script],
			{encoding: 'utf8'},
		);
		expect(stderr).toBe('');
		expect(Number(stdout)).toBeLessThanOrEqual(mostMib);
		expect(Number(stdout)).toBeGreaterThan(0);
	},
);
