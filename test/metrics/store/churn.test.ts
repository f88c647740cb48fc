import {describe, expect, test} from 'vitest';
import type {Reading} from '../../../source/metrics/model/reading.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {LIVE} from '../node-states.ts';
import {
	containerReading,
	cpuReading,
	memoryReading,
	networkReading,
	nodeReading,
	podReading,
	reading,
} from '../readings.ts';

const STEP_MS = 10_000;
const START_MS = 1_700_000_000_000;
const CAPACITY = 12;
const PODS = 20;

/** A node with 20 pods of a container each, of which one is replaced in each step. */
function readingOf(step: number): Reading {
	const timeMs = START_MS + step * STEP_MS;
	const usage = {
		cpu: cpuReading({timeMs, usageCores: 1}),
		memory: memoryReading({timeMs}),
		network: networkReading({timeMs}),
	};
	const pods = Array.from({length: PODS}, (_, index) => {
		const name = `web-${step + index}`;
		return {uid: `uid-${name}`, namespace: 'shop', name};
	});
	return reading(timeMs, {
		node: nodeReading(usage),
		pods: pods.map(pod => podReading(pod.namespace, pod.name, {pod, ...usage})),
		containers: pods.map(pod => containerReading('app', {pod, ...usage})),
	});
}

describe('a store through which pods pass', () => {
	test.each([
		['with room for all samples', undefined],
		['with little memory', 4000],
	])('%s reuses the rings of those that went', (_, ringBytes) => {
		const store = new Store({capacity: CAPACITY, staleAfterMs: 30_000, ringBytes});
		store.addNode('n1', 'n1');
		const bytes: number[] = [];
		for (let step = 0; step < 400; step++) {
			store.apply('n1', [readingOf(step)], LIVE);
			bytes.push(store.byteLength);
		}

		// A pod's rings are kept until none of its samples is in the window.
		const full = bytes.slice(3 * CAPACITY);
		expect([Math.min(...full), Math.max(...full)]).toEqual([full[0], full[0]]);
		const objects = PODS + CAPACITY + 4;
		expect(full[0]).toBeLessThanOrEqual((7 + Math.ceil((objects * 9) / 8 / 8) * 8 * (5 + 3)) * CAPACITY * 2);
	});
});
