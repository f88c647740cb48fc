import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {FlowControl} from '../../../source/ui/terminal/flow-control.ts';

const QUESTION = '\u001B[5n';
const ANSWER = '\u001B[0n';

beforeEach(() => {
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'performance']});
});
afterEach(() => {
	vi.useRealTimers();
});

function controlled() {
	let cleared = 0;
	const flow = new FlowControl(() => cleared++);
	return {flow, cleared: () => cleared};
}

/** One that has answered before. */
function answering() {
	const known = controlled();
	known.flow.question();
	known.flow.take(ANSWER);
	return known;
}

describe('the way to a terminal', () => {
	test('is asked for once, and always clear, where the terminal does not answer', async () => {
		const {flow, cleared} = controlled();
		expect(flow.question()).toBe(QUESTION);
		expect(flow.isClear).toBe(true);
		await vi.advanceTimersByTimeAsync(60_000);
		expect([flow.question(), flow.question()]).toEqual(['', '']);
		expect(flow.isClear).toBe(true);
		expect(cleared()).toBe(0);
	});

	test('is not clear from a frame to its answer, once the terminal was known to answer', () => {
		const {flow, cleared} = answering();
		expect(flow.isClear).toBe(true);
		expect(flow.question()).toBe(QUESTION);
		expect(flow.isClear).toBe(false);
		flow.take('\u001B[12;40R');
		expect(flow.isClear).toBe(false);
		flow.take(ANSWER);
		expect(flow.isClear).toBe(true);
		expect(cleared()).toBe(1);
		expect(flow.question()).toBe(QUESTION);
	});

	test('is clear again when an answer was lost, and relied on again when one comes', async () => {
		const {flow, cleared} = answering();
		flow.question();
		await vi.advanceTimersByTimeAsync(2000);
		expect(flow.isClear).toBe(true);
		expect(cleared()).toBe(1);
		expect(flow.question()).toBe('');
		flow.take(ANSWER);
		expect(flow.question()).toBe(QUESTION);
		expect(flow.isClear).toBe(false);
	});
});

describe('at the end', () => {
	async function settled(flow: FlowControl): Promise<() => boolean> {
		let isSettled = false;
		void flow.settle().then(() => {
			isSettled = true;
		});
		await vi.advanceTimersByTimeAsync(0);
		return () => isSettled;
	}

	test('nothing is waited for where nothing is on its way', async () => {
		expect((await settled(controlled().flow))()).toBe(true);
		expect((await settled(answering().flow))()).toBe(true);
	});

	test('an answer is waited for, so that the shell does not get it', async () => {
		const {flow} = answering();
		flow.question();
		const isSettled = await settled(flow);
		await vi.advanceTimersByTimeAsync(100);
		expect(isSettled()).toBe(false);
		flow.take(ANSWER);
		await vi.advanceTimersByTimeAsync(0);
		expect(isSettled()).toBe(true);
	});

	test('one that does not come is not waited for long, counted from its question', async () => {
		const {flow} = controlled();
		flow.question();
		await vi.advanceTimersByTimeAsync(400);
		const isSettled = await settled(flow);
		expect(isSettled()).toBe(false);
		await vi.advanceTimersByTimeAsync(100);
		expect(isSettled()).toBe(true);
		expect((await settled(flow))()).toBe(true);
	});
});
