import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {gatherFor, Publisher, pauseFor} from '../../source/commands/publisher.ts';

beforeEach(() => {
	vi.useFakeTimers({
		toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'],
	});
});
afterEach(() => {
	vi.useRealTimers();
});

function publisherOf() {
	let version = 1;
	const published: number[] = [];
	const publisher = new Publisher(
		() => version,
		() => 500,
	);
	publisher.subscribe(() => published.push(publisher.version));
	return {
		publisher,
		published,
		change(gatherMs?: number) {
			version++;
			publisher.changed(gatherMs);
		},
	};
}

describe('what changed', () => {
	test('is published at once after a quiet time, all that came together in one batch', () => {
		const {published, change} = publisherOf();
		change();
		change();
		expect(published).toEqual([]);
		vi.advanceTimersByTime(50);
		expect(published).toEqual([3]);
	});

	test('is published after a pause while more and more comes in', () => {
		const {published, change} = publisherOf();
		for (let step = 0; step < 120; step++) {
			change();
			vi.advanceTimersByTime(10);
		}

		expect(published).toHaveLength(3);
	});

	test('waits for what comes in with it, but not for more than was asked for', () => {
		const {publisher, published, change} = publisherOf();
		const read = (): void => change(600);
		read();
		vi.advanceTimersByTime(300);
		read();
		vi.advanceTimersByTime(290);
		expect(published).toEqual([]);
		vi.advanceTimersByTime(20);
		expect(published).toEqual([3]);
		expect(publisher.version).toBe(3);
	});

	test('is published sooner for what somebody waits for', () => {
		const {published, change} = publisherOf();
		change(600);
		vi.advanceTimersByTime(100);
		change();
		vi.advanceTimersByTime(50);
		expect(published).toEqual([3]);
		vi.advanceTimersByTime(1000);
		expect(published).toEqual([3]);
	});

	test('is published sooner while what a key asked for is awaited, for a second', () => {
		const {publisher, published, change} = publisherOf();
		publisher.expect();
		vi.advanceTimersByTime(100);
		change(600);
		vi.advanceTimersByTime(50);
		expect(published).toEqual([2]);
		vi.advanceTimersByTime(1000);
		change(600);
		vi.advanceTimersByTime(500);
		expect(published).toEqual([2]);
		vi.advanceTimersByTime(200);
		expect(published).toEqual([2, 3]);
	});

	test('is not seen before it is published', () => {
		const {publisher, change} = publisherOf();
		change();
		expect(publisher.version).toBe(1);
	});

	test('is published in the next batch if it came after all was made ready', () => {
		let version = 1;
		const published: number[] = [];
		const publisher = new Publisher(
			() => version,
			() => 500,
			() => {
				// A change of which this batch has no rows.
				setImmediate(() => {
					version = 2;
					publisher.changed();
				});
				return true;
			},
		);
		publisher.subscribe(() => published.push(publisher.version));
		publisher.changed();
		vi.advanceTimersByTime(50);
		expect(published).toEqual([1]);
		vi.advanceTimersByTime(500);
		expect(published).toEqual([1, 2]);
	});

	test('is published no more after the end', () => {
		const {publisher, published, change} = publisherOf();
		change();
		publisher.stop();
		vi.advanceTimersByTime(1000);
		expect(published).toEqual([]);
	});
});

test.each([
	[1, 500],
	[800, 800],
	[5000, 2000],
])('%d nodes are drawn every %d ms at most', (nodes, pauseMs) => {
	expect(pauseFor(nodes, 1000, 60_000)).toBe(pauseMs);
});

test.each([
	[500, 60_000, 500],
	[2000, 60_000, 500],
	[5000, 60_000, 1000],
	[60_000, 60_000, 2000],
	[60_000, 1000, 500],
])(
	'at an interval of %d ms, %d ms after the start, a batch waits %d ms',
	(intervalMs, sinceStartMs, pauseMs) => {
		expect(pauseFor(1, intervalMs, sinceStartMs)).toBe(pauseMs);
	},
);

test.each([
	['of a few nodes for those on the next beat too', 10, 10_000, 60_000, 600],
	['of a short interval for less', 10, 2000, 60_000, 200],
	['of a long interval for no longer', 10, 60_000, 60_000, 600],
	['of a single node for none', 1, 10_000, 60_000, 40],
	['at the start for hardly any', 10, 10_000, 5000, 40],
])('the first answer waits %s', (_, nodes, intervalMs, sinceStartMs, gatherMs) => {
	expect(gatherFor(nodes, intervalMs, sinceStartMs)).toBe(gatherMs);
});
