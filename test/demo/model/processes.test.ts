import {describe, expect, test} from 'vitest';
import {summary} from '../../../source/demo/kubelet/summary.ts';
import {createCluster} from '../../../source/demo/model/cluster.ts';
import {cgroupOf, processesOf} from '../../../source/demo/model/processes.ts';

const BORN_MS = Date.UTC(2026, 0, 5);
const NOW_MS = BORN_MS + 3_600_000;

const node = createCluster({nodes: 1, pods: 40, seed: 2}, BORN_MS).node('worker-01');
if (node === undefined) {
	throw new Error('no node');
}

const processes = processesOf(node, NOW_MS, true);

describe('processes of a simulated node', () => {
	test('have numbers of their own, and parents that are there', () => {
		const numbers = new Set(processes.map(({pid}) => pid));
		expect(numbers.size).toBe(processes.length);
		expect(processes.filter(({parentPid = 0}) => parentPid !== 0 && !numbers.has(parentPid))).toEqual([]);
	});

	test('are as many as the kubelet counts, less those of containers that wait for their restart', () => {
		const {node: stats}: {node?: {rlimit?: {curproc?: number}}} = summary(node, NOW_MS, true);
		const waiting = node.pods
			.flatMap(pod => pod.containers.map(one => ({pod, one})))
			.filter(({pod, one}) => !processes.some(({cgroup}) => cgroup === cgroupOf(pod.uid, one.name)))
			.reduce((sum, {one}) => sum + one.processes, 0);
		expect(processes.length + waiting).toBe(stats?.rlimit?.curproc);
	});

	test('of a container add up to what it uses, and never count backwards', () => {
		const [pod] = node.pods;
		const [container] = pod?.containers ?? [];
		const cgroup = cgroupOf(pod?.uid ?? '', container?.name ?? '');
		const secondsAt = (timeMs: number): number =>
			processesOf(node, timeMs, false)
				.filter(one => one.cgroup === cgroup)
				.reduce((sum, {cpuNanoseconds = Number.NaN}) => sum + cpuNanoseconds / 1e9, 0);
		const cores = (secondsAt(NOW_MS + 60_000) - secondsAt(NOW_MS)) / 60;
		expect(cores).toBeGreaterThan(0);
		expect(cores).toBeLessThan(1);
	});

	test('have arguments only where they were asked for', () => {
		expect(processes.every(({commandLine}) => commandLine !== undefined)).toBe(true);
		expect(processesOf(node, NOW_MS, false).some(({commandLine}) => commandLine !== undefined)).toBe(false);
	});

	test('have names of at most 15 bytes, as from the kernel', () => {
		expect(processes.filter(({name}) => name.length > 15)).toEqual([]);
	});
});
