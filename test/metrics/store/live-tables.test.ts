import {setTimeout} from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import {expect, test} from 'vitest';
import type {PodRow} from '../../../source/metrics/model/row.ts';
import {workloadIdOf} from '../../../source/metrics/model/workload.ts';
import {LiveTables} from '../../../source/metrics/store/live-tables.ts';
import {podInfo} from '../inventories.ts';
import {podRow} from '../rows.ts';

const PART = {};

function tablesOfOnePart(): LiveTables {
	return new LiveTables({
		parts: () => [PART],
		nodeOf: () => undefined,
		partOf: () => PART,
		partWith: () => PART,
		nodes: () => [],
		processes: () => [],
		hasAllPods: () => true,
		controllers: () => new Map(),
	});
}

/** More than are summed at once. */
const PODS = 4000;

/** An eighth of the pods is of one workload later, some stay, and each other is of a job of its generation. */
function generation(number: number): readonly PodRow[] {
	return Array.from({length: PODS}, (_, index) => {
		const [first, stays, job] = [number === 0 ? `w${index}` : 'web', `s${index}`, `job-${number}-${index}`];
		const name = index < 500 ? first : index < 1500 ? stays : job;
		const info = podInfo(`p${index}`, {workload: {kind: 'Job', name}});
		return podRow(`p${String(index).padStart(5, '0')}`, {cpuCores: 1, info});
	});
}

test('workloads that are summed in turns are right while those of the past are forgotten', () => {
	const tables = tablesOfOnePart();
	const settled = (level: 'workloads' | 'namespaces', nowMs: number) => {
		for (;;) {
			const view = tables.view({level}, nowMs);
			if (view?.isPending !== true) {
				return view;
			}
		}
	};
	for (const number of [0, 1]) {
		tables.set(PART, {pods: generation(number), containers: []});
		tables.advance(0, () => true);
		settled('workloads', number);
	}

	const pods = generation(2);
	tables.set(PART, {pods, containers: []});
	tables.advance(0, () => false);
	tables.view({level: 'workloads'}, 5);
	settled('namespaces', 6);
	const rows = settled('workloads', 7)?.rows.slice() ?? [];
	expect(rows.map(({id}) => id).toSorted()).toEqual([...new Set(pods.map(workloadIdOf))].toSorted());
	expect(rows.reduce((sum, {podCount}) => sum + podCount, 0)).toBe(PODS);
});

test('rows of before are let go of after a tree was shown', async () => {
	v8.setFlagsFromString('--expose-gc');
	const collect = vm.runInNewContext('gc') as () => void;
	const tables = tablesOfOnePart();
	const show = (level: 'tree' | 'containers'): void => {
		tables.view({level}, 0);
		while (tables.prepare(() => true) !== 'nothing') {}
	};
	const replace = (): WeakRef<PodRow> => {
		const [pod, ...others] = Array.from({length: 100}, (_, index) => podRow(`p${index}`));
		if (pod === undefined) {
			throw new Error('no pod');
		}

		tables.set(PART, {pods: [pod, ...others], containers: []});
		tables.advance(0, () => true);
		return new WeakRef(pod);
	};
	replace();
	show('tree');
	const shown = replace();
	show('tree');
	for (let round = 0; round < 3; round++) {
		replace();
		show('containers');
	}

	await setTimeout(0);
	collect();
	expect(shown.deref()).toBeUndefined();
});
