import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createCluster} from '../../../source/demo/model/cluster.ts';

const BORN_MS = Date.UTC(2026, 0, 5);

/** `namespace/name` of every pod of the cluster. */
function podNames(nodes: number, pods: number, seed: number): readonly string[] {
	const cluster = createCluster({nodes, pods, seed}, BORN_MS);
	return cluster.nodeNames.flatMap(name =>
		(cluster.node(name)?.pods ?? []).map(pod => `${pod.namespace}/${pod.name}`),
	);
}

describe('a simulated cluster', () => {
	test('is the same for the same seed and another for another', () => {
		const node = (seed: number): string =>
			JSON.stringify(createCluster({nodes: 6, pods: 120, seed}, BORN_MS).node('worker-03'));
		expect(node(5)).toBe(node(5));
		expect(node(5)).not.toBe(node(6));
	});

	test('has the requested number of pods, each with a unique name', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 40}),
				fc.integer({min: 0, max: 900}),
				fc.nat(),
				(nodes, pods, seed) => {
					const names = podNames(nodes, pods, seed);
					expect(names).toHaveLength(pods);
					expect(new Set(names).size).toBe(pods);
				},
			),
			{numRuns: 40},
		);
	});

	test('has each fault on one node, the same for the same seed', () => {
		for (const nodes of [4, 5, 12, 300]) {
			const first = createCluster({nodes, pods: 0, seed: 9}, BORN_MS).faults;
			expect([...first.values()].sort()).toEqual(['forbidden', 'hung', 'resource-only', 'slow']);
			expect([...createCluster({nodes, pods: 50, seed: 9}, BORN_MS).faults]).toEqual([...first]);
		}
	});

	test('has no fault where there are fewer than four nodes', () => {
		expect(createCluster({nodes: 3, pods: 9, seed: 1}, BORN_MS).faults.size).toBe(0);
	});
});
