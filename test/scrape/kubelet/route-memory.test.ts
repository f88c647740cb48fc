import {describe, expect, test} from 'vitest';
import type {Failure} from '../../../source/metrics/model/failure.ts';
import {RouteMemory} from '../../../source/scrape/kubelet/route-memory.ts';

const failure = (brief: string): Failure => ({code: 'timeout', brief, message: brief, hint: brief});
const slow = failure('slow');
const broken = failure('broken');

/** The routes that the next visits begin with, as long as none of them brings news. */
const beginsOf = (memory: RouteMemory, visits: number): number[] =>
	Array.from({length: visits}, () => memory.begin());

describe('the memory of routes', () => {
	test('begins with the best', () => {
		expect(new RouteMemory(3).begin()).toBe(0);
	});

	test('keeps a lesser route that worked for thirty visits, and why', () => {
		const memory = new RouteMemory(3);
		expect(memory.worked(2, broken)).toBe(broken);
		expect(beginsOf(memory, 31)).toEqual([...Array.from({length: 30}, () => 2), 0]);
		expect(memory.worked(0, undefined)).toBeUndefined();
	});

	test('lets the best hang once', () => {
		const memory = new RouteMemory(3);
		memory.hung(0, slow);
		expect(memory.begin()).toBe(0);
		memory.worked(0, undefined);
		memory.hung(0, slow);
		expect(memory.begin()).toBe(0);
	});

	test('leaves the best for three visits when it hangs twice', () => {
		const memory = new RouteMemory(3);
		memory.hung(0, slow);
		memory.hung(0, slow);
		expect(memory.worked(1, undefined)).toBe(slow);
		expect(beginsOf(memory, 4)).toEqual([1, 1, 1, 0]);
	});

	test('leaves the best for thirty visits when it still hangs after that', () => {
		const memory = new RouteMemory(3);
		memory.hung(0, slow);
		memory.hung(0, slow);
		memory.worked(1, undefined);
		beginsOf(memory, 4);
		memory.hung(0, slow);
		expect(beginsOf(memory, 31)).toEqual([...Array.from({length: 30}, () => 1), 0]);
	});

	test('goes on to the next while they hang, and after the last starts again without a reason', () => {
		const memory = new RouteMemory(3);
		const begins: number[] = [];
		for (let visit = 0; visit < 5; visit++) {
			const index = memory.begin();
			begins.push(index);
			memory.hung(index, slow);
		}

		expect(begins).toEqual([0, 0, 1, 2, 0]);
		expect(memory.worked(0, undefined)).toBeUndefined();
	});

	test('keeps why the best is not used when the next one breaks too', () => {
		const memory = new RouteMemory(3);
		memory.worked(1, broken);
		expect(memory.worked(2, slow)).toBe(broken);
	});

	test('may tolerate more hangs', () => {
		const memory = new RouteMemory(2, 3);
		const begins: number[] = [];
		for (let visit = 0; visit < 4; visit++) {
			const index = memory.begin();
			begins.push(index);
			memory.hung(index, slow);
		}

		expect(begins).toEqual([0, 0, 0, 1]);
	});

	test('forgets all when no route works', () => {
		const memory = new RouteMemory(3);
		memory.worked(1, broken);
		memory.allFailed();
		expect(memory.begin()).toBe(0);
		expect(memory.worked(0, undefined)).toBeUndefined();
	});
});
