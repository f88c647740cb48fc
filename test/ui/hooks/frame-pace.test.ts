import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {FramePace} from '../../../source/ui/hooks/frame-pace.ts';

beforeEach(() => {
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'performance']});
});
afterEach(() => {
	vi.useRealTimers();
});

function paced({leastMs = 33, isClear = (): boolean => true} = {}) {
	const frames: number[] = [];
	const startMs = performance.now();
	const pace = new FramePace(() => frames.push(Math.round(performance.now() - startMs)), leastMs, isClear);
	return {pace, frames};
}

describe('frames', () => {
	test('are drawn at once, and once for all that was asked for together', async () => {
		const {pace, frames} = paced();
		pace.ask();
		pace.ask();
		pace.ask();
		expect(frames).toEqual([]);
		await vi.advanceTimersByTimeAsync(0);
		expect(frames).toEqual([0]);
	});

	test('never come sooner after each other than the least time, and the last is never left out', async () => {
		const {pace, frames} = paced();
		for (let keys = 0; keys < 10; keys++) {
			pace.ask();
			await vi.advanceTimersByTimeAsync(10);
		}

		await vi.advanceTimersByTimeAsync(100);
		expect(frames).toEqual([0, 33, 66, 99]);
	});

	test('are drawn at once again after a pause', async () => {
		const {pace, frames} = paced();
		pace.ask();
		await vi.advanceTimersByTimeAsync(500);
		pace.ask();
		await vi.advanceTimersByTimeAsync(0);
		expect(frames).toEqual([0, 500]);
	});

	test('wait while the way is not clear, and then all that was asked for is in one', async () => {
		let isClear = false;
		const {pace, frames} = paced({isClear: () => isClear});
		pace.ask();
		await vi.advanceTimersByTimeAsync(200);
		pace.ask();
		await vi.advanceTimersByTimeAsync(200);
		expect(frames).toEqual([]);
		isClear = true;
		pace.goOn();
		await vi.advanceTimersByTimeAsync(0);
		expect(frames).toEqual([400]);
		pace.goOn();
		await vi.advanceTimersByTimeAsync(200);
		expect(frames).toEqual([400]);
	});

	test('that were asked for are forgotten at the end', async () => {
		const {pace, frames} = paced();
		pace.ask();
		await vi.advanceTimersByTimeAsync(1);
		pace.ask();
		pace.stop();
		await vi.advanceTimersByTimeAsync(500);
		expect(frames).toEqual([0]);
		pace.ask();
		await vi.advanceTimersByTimeAsync(0);
		expect(frames).toEqual([0, 501]);
	});
});
