import {describe, expect, test} from 'vitest';
import {ContainerEnds} from '../../../source/metrics/model/container-ends.ts';
import type {Termination} from '../../../source/metrics/model/inventory.ts';
import type {PodRow} from '../../../source/metrics/model/row.ts';
import {containerInfo, podInfo} from '../inventories.ts';
import {podRow} from '../rows.ts';

const ended = (finishedAtMs: number | undefined, reason = 'OOMKilled', exitCode = 137): Termination => ({
	reason,
	exitCode,
	signal: undefined,
	finishedAtMs,
});

const podWith = (lastTermination: Termination | undefined, name = 'web-0'): PodRow =>
	podRow(name, {info: podInfo(name, {containers: [containerInfo('main', {lastTermination})]})});

/** What is told after one look after the other, a second apart from 10 s on. */
function seen(...looks: ReadonlyArray<readonly PodRow[]>) {
	const ends = new ContainerEnds();
	for (const [index, pods] of looks.entries()) {
		ends.look(pods, 10_000 + index * 1000);
	}

	return ends.list();
}

describe('the end of a container', () => {
	test('is listed with its time, and whether it was OOM-killed', () => {
		expect(seen([podWith(undefined)], [podWith(ended(10_500))])).toMatchObject([
			{isOomKilled: true, atMs: 10_500, times: 1, name: expect.stringMatching(/web-0\/main$/)},
		]);
		expect(seen([podWith(undefined)], [podWith(ended(10_500, 'Error', 1))])).toMatchObject([
			{isOomKilled: false},
		]);
	});

	test('is one entry however often it is looked at, and counts how often it came', () => {
		const [first, second] = [podWith(ended(10_500)), podWith(ended(11_500))];
		expect(seen([first], [first], [second], [second])).toMatchObject([{atMs: 11_500, times: 2}]);
	});

	test.each([
		['before anybody watched', ended(9000)],
		['well', ended(10_500, 'Completed', 0)],
		['at no known time', ended(undefined)],
	])('is not listed where it was %s', (_what, termination) => {
		expect(seen([podWith(undefined)], [podWith(termination)])).toEqual([]);
	});

	test('is listed for a container that does not run again too', () => {
		const pod = podRow('job', {
			info: podInfo('job', {
				containers: [containerInfo('main', {state: {kind: 'terminated', ...ended(10_500, 'Error', 3)}})],
			}),
		});
		expect(seen([podWith(undefined)], [pod])).toHaveLength(1);
	});

	test('pushes out the oldest of hundreds', () => {
		const pods = Array.from({length: 300}, (_, index) => podWith(ended(11_000 + index), `pod-${index}`));
		const ends = seen([podWith(undefined)], pods);
		expect(ends).toHaveLength(200);
		expect(ends[0]?.name).toContain('pod-299/');
		expect(ends.at(-1)?.name).toContain('pod-100/');
	});
});
