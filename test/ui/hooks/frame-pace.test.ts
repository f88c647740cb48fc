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

describe('the pace of frames', () => {
	test('draws at once, and once for all requests of a turn', async () => {
		const {pace, frames} = paced();
		pace.request();
		pace.request();
		pace.request();
		expect(frames).toEqual([]);
		await vi.advanceTimersByTimeAsync(0);
		expect(frames).toEqual([0]);
	});

	test('keeps the minimum interval, and draws the last request', async () => {
		const {pace, frames} = paced();
		for (let keys = 0; keys < 10; keys++) {
			pace.request();
			await vi.advanceTimersByTimeAsync(10);
		}

		await vi.advanceTimersByTimeAsync(100);
		expect(frames).toEqual([0, 33, 66, 99]);
	});

	test('draws at once after a pause', async () => {
		const {pace, frames} = paced();
		pace.request();
		await vi.advanceTimersByTimeAsync(500);
		pace.request();
		await vi.advanceTimersByTimeAsync(0);
		expect(frames).toEqual([0, 500]);
	});

	test('waits while the terminal is busy, and then draws once for all requests', async () => {
		let isClear = false;
		const {pace, frames} = paced({isClear: () => isClear});
		pace.request();
		await vi.advanceTimersByTimeAsync(200);
		pace.request();
		await vi.advanceTimersByTimeAsync(200);
		expect(frames).toEqual([]);
		isClear = true;
		pace.resume();
		await vi.advanceTimersByTimeAsync(0);
		expect(frames).toEqual([400]);
		pace.resume();
		await vi.advanceTimersByTimeAsync(200);
		expect(frames).toEqual([400]);
	});

	test('drops requests when it is stopped', async () => {
		const {pace, frames} = paced();
		pace.request();
		await vi.advanceTimersByTimeAsync(1);
		pace.request();
		pace.stop();
		await vi.advanceTimersByTimeAsync(500);
		expect(frames).toEqual([0]);
		pace.request();
		await vi.advanceTimersByTimeAsync(0);
		expect(frames).toEqual([0, 501]);
	});
});
