import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {ViewedDescription} from '../../source/connect/viewed-description.ts';
import type {DescribedObject, Description} from '../../source/metrics/model/description.ts';

const DESCRIPTION: Description = {facts: {kind: 'known', value: []}, events: {kind: 'known', value: []}};
const pod = (name: string): DescribedObject => ({kind: 'Pod', namespace: 'shop', name});

beforeEach(() => {
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'performance']});
});
afterEach(() => {
	vi.useRealTimers();
});

function start() {
	const asked: Array<readonly [name: string, signal: AbortSignal]> = [];
	const onChange = vi.fn();
	let reader = async ({name}: DescribedObject, signal: AbortSignal): Promise<Description> => {
		asked.push([name, signal]);
		return DESCRIPTION;
	};
	const viewed = new ViewedDescription(() => reader, onChange);
	return {
		viewed,
		onChange,
		names: () => asked.map(([name]) => name),
		signals: () => asked.map(([, signal]) => signal),
		connectOther() {
			const before = reader;
			reader = (object, signal) => before(object, signal);
		},
	};
}

describe('the object whose facts are on the screen', () => {
	test('is read at once, and again every ten seconds, however many frames there are', async () => {
		const {viewed, names, onChange} = start();
		for (let frame = 0; frame < 25; frame++) {
			viewed.setViewed(pod('a'));
			await vi.advanceTimersByTimeAsync(1000);
		}

		expect(names()).toEqual(['a', 'a', 'a']);
		expect(onChange).toHaveBeenCalledTimes(3);
		expect(viewed.of(pod('a'))).toBe(DESCRIPTION);
		expect(viewed.of(pod('b'))).toBeUndefined();
	});

	test('is read no more once another page is open', async () => {
		const {viewed, names} = start();
		viewed.setViewed(pod('a'));
		await vi.advanceTimersByTimeAsync(0);
		viewed.setViewed(undefined);
		await vi.advanceTimersByTimeAsync(60_000);
		expect(names()).toEqual(['a']);
	});

	test('is not read again on the way back within ten seconds', async () => {
		const {viewed, names} = start();
		for (const name of ['a', 'b', 'a', 'b', 'a']) {
			viewed.setViewed(pod(name));
			await vi.advanceTimersByTimeAsync(1000);
		}

		expect(names()).toEqual(['a', 'b']);
	});

	test('has its request aborted when it is left', async () => {
		const {viewed, signals} = start();
		viewed.setViewed(pod('a'));
		await vi.advanceTimersByTimeAsync(0);
		viewed.close();
		expect(signals().map(({aborted}) => aborted)).toEqual([true]);
	});

	test('of another cluster is read anew', async () => {
		const {viewed, names, connectOther} = start();
		viewed.setViewed(pod('a'));
		await vi.advanceTimersByTimeAsync(0);
		connectOther();
		viewed.setViewed(pod('a'));
		expect(viewed.of(pod('a'))).toBeUndefined();
		await vi.advanceTimersByTimeAsync(0);
		expect(names()).toEqual(['a', 'a']);
	});
});
