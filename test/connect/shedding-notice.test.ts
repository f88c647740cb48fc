import {expect, test} from 'vitest';
import {sheddingNotice} from '../../source/connect/shedding-notice.ts';

const SHED = {nodes: 5000, roundMs: 14_200, cpuAndMemoryEveryMs: 10_000, restEveryMs: 60_000};

test.each([
	[
		{...SHED, cluster: undefined},
		'5,000 nodes take 14s to read: those off the screen have CPU and memory every 10s, network, disks and volumes every 60s',
	],
	[
		{...SHED, nodes: 1, roundMs: 2345, cpuAndMemoryEveryMs: 1500, cluster: 'prod'},
		'prod: 1 node takes 2.3s to read: those off the screen have CPU and memory every 1.5s, network, disks and volumes every 60s',
	],
])('what nodes off the screen do not have each round is said in a line', (shed, line) => {
	expect(sheddingNotice(shed)).toBe(line);
});
