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

/** Flow control of a terminal that has responded before. */
function answering() {
	const known = controlled();
	known.flow.request();
	known.flow.take(ANSWER);
	return known;
}

describe('flow control', () => {
	test('requests the status once and never waits if the terminal does not respond', async () => {
		const {flow, cleared} = controlled();
		expect(flow.request()).toBe(QUESTION);
		expect(flow.isClear).toBe(true);
		await vi.advanceTimersByTimeAsync(60_000);
		expect([flow.request(), flow.request()]).toEqual(['', '']);
		expect(flow.isClear).toBe(true);
		expect(cleared()).toBe(0);
	});

	test('waits for the response after each frame once the terminal has responded', () => {
		const {flow, cleared} = answering();
		expect(flow.isClear).toBe(true);
		expect(flow.request()).toBe(QUESTION);
		expect(flow.isClear).toBe(false);
		flow.take('\u001B[12;40R');
		expect(flow.isClear).toBe(false);
		flow.take(ANSWER);
		expect(flow.isClear).toBe(true);
		expect(cleared()).toBe(1);
		expect(flow.request()).toBe(QUESTION);
	});

	test('stops waiting when a response is lost, and waits again after one arrives', async () => {
		const {flow, cleared} = answering();
		flow.request();
		await vi.advanceTimersByTimeAsync(2000);
		expect(flow.isClear).toBe(true);
		expect(cleared()).toBe(1);
		expect(flow.request()).toBe('');
		flow.take(ANSWER);
		expect(flow.request()).toBe(QUESTION);
		expect(flow.isClear).toBe(false);
	});
});

describe('settling', () => {
	async function settled(flow: FlowControl): Promise<() => boolean> {
		let isSettled = false;
		void flow.settle().then(() => {
			isSettled = true;
		});
		await vi.advanceTimersByTimeAsync(0);
		return () => isSettled;
	}

	test('resolves at once if no response is pending', async () => {
		expect((await settled(controlled().flow))()).toBe(true);
		expect((await settled(answering().flow))()).toBe(true);
	});

	test('waits for a response, which the shell must not read', async () => {
		const {flow} = answering();
		flow.request();
		const isSettled = await settled(flow);
		await vi.advanceTimersByTimeAsync(100);
		expect(isSettled()).toBe(false);
		flow.take(ANSWER);
		await vi.advanceTimersByTimeAsync(0);
		expect(isSettled()).toBe(true);
	});

	test('waits a limited time, counted from the request', async () => {
		const {flow} = controlled();
		flow.request();
		await vi.advanceTimersByTimeAsync(400);
		const isSettled = await settled(flow);
		expect(isSettled()).toBe(false);
		await vi.advanceTimersByTimeAsync(100);
		expect(isSettled()).toBe(true);
		expect((await settled(flow))()).toBe(true);
	});
});
