import {describe, expect, test} from 'vitest';
import {endedContainer} from '../../source/kubectl/ended-container.ts';
import type {ContainerInfo} from '../../source/metrics/model/inventory.ts';
import {containerInfo, podInfo} from '../metrics/inventories.ts';
import {containerRow, nodeRow, podRow} from '../metrics/rows.ts';

const endedAt = (finishedAtMs: number): NonNullable<ContainerInfo['lastTermination']> => ({
	reason: 'Error',
	exitCode: 1,
	signal: undefined,
	finishedAtMs,
});
const RUNS = containerInfo('runs');
const RESTARTED = containerInfo('restarted', {lastTermination: endedAt(10)});
const DONE = containerInfo('done', {state: {kind: 'terminated', ...endedAt(20)}});
const DONE_AGAIN = containerInfo('again', {
	state: {kind: 'terminated', ...endedAt(30)},
	lastTermination: endedAt(10),
});

describe('the container that ended', () => {
	test.each([
		['is the one that was replaced', [RUNS, RESTARTED], {name: 'restarted', isPrevious: true}],
		['is the one that is not replaced', [RUNS, DONE], {name: 'done', isPrevious: false}],
		['is the last of those that ended', [RESTARTED, DONE], {name: 'done', isPrevious: false}],
		['is the newest instance', [DONE_AGAIN], {name: 'again', isPrevious: false}],
		['is unknown while all run', [RUNS], undefined],
	])('of a pod %s', (_what, containers, ended) => {
		const found = endedContainer(podRow('web', {info: podInfo('web', {containers})}));
		expect(found && {name: found.name, isPrevious: found.isPrevious}).toEqual(ended);
	});

	test('of a row of a container is that container', () => {
		expect(endedContainer(containerRow('app', {info: RESTARTED}))).toMatchObject({name: 'restarted'});
		expect(endedContainer(containerRow('app', {info: RUNS}))).toBeUndefined();
	});

	test('of a node does not exist', () => {
		expect(endedContainer(nodeRow('n'))).toBeUndefined();
	});
});
