import {expect, test} from 'vitest';
import {type FolderStat, openMachine} from '../../../source/scrape/local/machine.ts';
import {StartTimes} from '../../../source/scrape/local/start-times.ts';

/** Start times of one cgroup whose folder the kernel describes as told, reading after reading. */
function startsOf(...folders: readonly FolderStat[]): ReadonlyArray<number | undefined> {
	let folder: FolderStat | undefined;
	const startTimes = new StartTimes({...openMachine('/nowhere'), folder: () => folder});
	return folders.map(next => {
		folder = next;
		const startMs = startTimes.of('/docker/x', ['/sys/fs/cgroup']);
		startTimes.sweep();
		return startMs;
	});
}

test('a start time stays when the kernel forgets an inode and stamps its new copy', () => {
	const inode = 7n;
	expect(startsOf({inode, madeAtMs: 100}, {inode, madeAtMs: 900}, {inode, madeAtMs: 950})).toEqual([
		100, 100, 100,
	]);
});

test('a start time moves with another inode', () => {
	expect(startsOf({inode: 7n, madeAtMs: 100}, {inode: 8n, madeAtMs: 900})).toEqual([100, 900]);
});
