import {describe, expect, test} from 'vitest';
import type {ProcessReading} from '../../../source/metrics/model/reading.ts';
import {NodeProcesses} from '../../../source/metrics/store/node-processes.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {containerReading, reading} from '../readings.ts';
import {containerRow} from '../rows.ts';

const NODE = {id: 'n', name: 'node'};
const process = (pid: number, known: Partial<ProcessReading> = {}): ProcessReading => ({
	pid,
	parentPid: 1,
	user: 'root',
	name: 'web',
	commandLine: undefined,
	state: 'S',
	startTimeMs: 1,
	cpuNanoseconds: undefined,
	meanCpuCores: undefined,
	rssBytes: undefined,
	cgroup: undefined,
	...known,
});
const at = (timeMs: number, ...processes: readonly ProcessReading[]) => reading(timeMs, {processes});

describe('the processes of a node', () => {
	test('have a rate of CPU from the second sample on', () => {
		const found = new NodeProcesses();
		found.observe(at(1000, process(7, {cpuNanoseconds: 0})), NODE, () => undefined);
		expect(found.rows).toMatchObject([{id: 'n/process/7', node: 'node', cpuCores: undefined}]);
		found.observe(at(3000, process(7, {cpuNanoseconds: 1e9})), NODE, () => undefined);
		expect(found.rows).toMatchObject([{cpuCores: 0.5, receivedAtMs: 3000}]);
	});

	test('have the mean since their start where there is no counter', () => {
		const found = new NodeProcesses();
		found.observe(at(1000, process(7, {meanCpuCores: 0.2})), NODE, () => undefined);
		expect(found.rows.at(0)?.cpuCores).toBe(0.2);
	});

	test('are others once a number is given away again', () => {
		const found = new NodeProcesses();
		found.observe(at(1000, process(7, {cpuNanoseconds: 0})), NODE, () => undefined);
		found.observe(at(3000, process(7, {cpuNanoseconds: 1e9, startTimeMs: 2000})), NODE, () => undefined);
		expect(found.rows.at(0)?.cpuCores).toBeUndefined();
	});

	test('are in the container whose cgroup is theirs or around it', () => {
		const container = containerRow('app');
		const found = new NodeProcesses();
		const cgroups = ['/docker/a', '/docker/a/worker/1', '/docker', '/'];
		found.observe(at(1000, ...cgroups.map((cgroup, pid) => process(pid, {cgroup}))), NODE, path =>
			path === '/docker/a' ? container : undefined,
		);
		expect(found.rows.map(row => row.container?.name)).toEqual(['app', 'app', undefined, undefined]);
	});

	test('are forgotten with the first reading that does not list them', () => {
		const found = new NodeProcesses();
		found.observe(at(1000, process(7)), NODE, () => undefined);
		found.observe(reading(2000), NODE, () => undefined);
		expect(found.rows).toEqual([]);
	});
});

test('a store lists processes of now, by node and pod', () => {
	const store = new Store({capacity: 5, staleAfterMs: 30_000});
	store.addNode('n', 'node');
	const pod = {uid: 'u', namespace: 'shop', name: 'web'};
	const containers = [containerReading('app', {pod, cgroup: '/pod/app'})];
	const processes = [process(1), process(2, {cgroup: '/pod/app'})];
	store.apply('n', [reading(1000, {containers, processes})], {kind: 'waiting'});
	const pids = (scope: Parameters<typeof store.rows>[1], cursor: 'live' | {readonly atMs: number} = 'live') =>
		store.rows('processes', scope, cursor, 1000).map(({pid}) => pid);
	expect(pids({})).toEqual([1, 2]);
	expect(pids({nodeId: 'other'})).toEqual([]);
	expect(pids({podId: 'n/u'})).toEqual([2]);
	expect(pids({namespaces: ['shop']})).toEqual([2]);
	expect(pids({}, {atMs: 1000})).toEqual([]);
});
