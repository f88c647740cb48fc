import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import type {Source, Unprepared} from '../../../source/metrics/model/view.ts';
import {ScreenStore, type ScreenStoreOptions} from '../../../source/ui/hooks/screen-store.ts';
import {NO_MEMORY, type ScreenMemory} from '../../../source/ui/state/screen-memory.ts';
import {cpuReading, nodeReading, reading} from '../../metrics/readings.ts';
import {feedOf, LIVE, NOW, storeOf} from '../feeds.ts';
import {START} from '../state/states.ts';

beforeEach(() => {
	vi.useFakeTimers({
		toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
	});
});
afterEach(() => {
	vi.useRealTimers();
});

const passMs = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

function open(known: Partial<ScreenStoreOptions> = {}, rows = storeOf(), source?: Source) {
	const startMs = performance.now();
	const feed = feedOf(rows, {...(source && {source}), now: () => NOW + performance.now() - startMs});
	const remembered: ScreenMemory[] = [];
	const store = new ScreenStore(feed, START, {
		isClear: () => true,
		remember: memory => void remembered.push(memory),
		isLive: true,
		...known,
	});
	let frames = 0;
	const ticks: number[] = [];
	const unsubscribe = store.subscribe(() => frames++);
	store.subscribeClock(() => ticks.push(store.nowMs() - NOW));
	return {store, feed, rows, remembered, unsubscribe, ticks, frames: () => frames};
}

const withMessage = (message: string) => ({...START, message});

describe('a frame', () => {
	test('shows the last state of a turn, but keys see each state at once', async () => {
		const {store, frames} = open();
		store.change(withMessage('one'));
		expect(store.state.message).toBe('one');
		store.change(withMessage('two'));
		expect(store.frame().state.message).toBeUndefined();
		await passMs(0);
		expect([frames(), store.frame().state.message]).toEqual([1, 'two']);
	});

	test('shows a message until another one, or for some seconds', async () => {
		const {store} = open();
		store.change(withMessage('one'));
		await passMs(6000);
		store.change(withMessage('two'));
		await passMs(6000);
		expect(store.frame().state.message).toBe('two');
		await passMs(6000);
		expect(store.frame().state.message).toBeUndefined();
	});

	test('waits for nothing with a message that comes after its end', () => {
		const {store, unsubscribe} = open();
		store.end();
		unsubscribe();
		store.change(withMessage('written'));
		expect(vi.getTimerCount()).toBe(0);
	});

	test('keeps a message for a screen reader, which would read the screen again', async () => {
		const {store} = open({isLive: false});
		store.change(withMessage('one'));
		await passMs(60_000);
		expect(store.state.message).toBe('one');
	});

	test('is the same object until the next one', async () => {
		const {store} = open();
		expect(store.frame()).toBe(store.frame());
	});

	test('is drawn for new data, and by the clock where there is none for longer than an interval', async () => {
		const {feed, frames} = open();
		feed.change();
		await passMs(20);
		expect(frames()).toBe(1);
		await passMs(10_000);
		expect(frames()).toBe(1);
		await passMs(2000);
		expect(frames()).toBe(2);
	});

	test('is followed by the clock each second in which there is none', async () => {
		const {store, feed, frames, ticks} = open();
		for (let time = 0; time < 3; time++) {
			await passMs(900);
			feed.change();
		}

		await passMs(50);
		expect([frames(), ticks]).toEqual([3, []]);
		await passMs(2000);
		expect(frames()).toBe(3);
		expect(ticks).toEqual([3700, 4700]);
		expect(store.frame().nowMs).toBe(NOW + 2700);
	});

	test('and the clock wait for a terminal that is busy or lent', async () => {
		let isClear = false;
		const {store, ticks} = open({isClear: () => isClear});
		await passMs(2000);
		expect(ticks).toEqual([]);
		isClear = true;
		await passMs(1000);
		expect(ticks).toEqual([3000]);
		store.hold();
		await passMs(1000);
		expect(ticks).toEqual([3000]);
	});

	test('is drawn for a screen reader only for the first data and for keys', async () => {
		const {store, feed, frames} = open({isLive: false});
		feed.change();
		await passMs(20);
		feed.change();
		await passMs(3000);
		expect(frames()).toBe(1);
		store.change(withMessage('key'));
		await passMs(20);
		expect(frames()).toBe(2);
	});

	test('is drawn for a screen reader once more when rows of the table come after the first data', async () => {
		const rows = storeOf();
		let hasRows = false;
		const source: Source = {
			...rows,
			view: (query, cursor, nowMs) =>
				hasRows ? rows.view(query, cursor, nowMs) : {...rows.view(query, cursor, nowMs), rows: [], total: 0},
			version: rows.version,
		};
		const {feed, frames} = open({isLive: false}, rows, source);
		feed.change();
		await passMs(20);
		feed.change();
		await passMs(20);
		expect(frames()).toBe(1);
		hasRows = true;
		feed.change();
		await passMs(20);
		feed.change();
		await passMs(20);
		expect(frames()).toBe(2);
	});

	test('waits until the terminal has processed the last one', async () => {
		let isClear = false;
		const {store, frames} = open({isClear: () => isClear});
		store.requestFrame();
		await passMs(100);
		expect(frames()).toBe(0);
		isClear = true;
		store.resume();
		await passMs(0);
		expect(frames()).toBe(1);
	});

	test('is not drawn without listeners, and the clock stops', async () => {
		const {store, unsubscribe, frames} = open();
		unsubscribe();
		store.requestFrame();
		await passMs(3000);
		expect(frames()).toBe(0);
		expect(vi.getTimerCount()).toBe(0);
	});
});

describe('while another program has the terminal', () => {
	test('no frame is drawn, and one when it is back', async () => {
		const {store, feed, frames} = open();
		store.hold();
		feed.change();
		await passMs(500);
		expect([store.isHeld, frames()]).toEqual([true, 0]);
		store.release();
		await passMs(0);
		expect([store.isHeld, frames()]).toEqual([false, 1]);
	});

	test('the end is final', async () => {
		const {store, frames} = open();
		store.end();
		store.release();
		await passMs(500);
		expect([store.isHeld, store.hasEnded, frames()]).toEqual([true, true, 0]);
	});
});

test('a pause keeps the data on the screen', async () => {
	const {store, rows} = open();
	const cpuOf = () =>
		store.source.view({level: 'nodes'}, store.state.cursor, NOW).rows.find(({id}) => id === 'beta')?.cpuCores;
	store.change({...START, cursor: {atMs: NOW}}, {isPause: true});
	const timeMs = NOW + 10_000;
	const cpu = cpuReading({timeMs, usageCores: 2});
	rows.apply('beta', [reading(timeMs, {node: nodeReading({cpu, cpuCapacityCores: 4})})], LIVE);
	expect(cpuOf()).toBeCloseTo(1);
	store.change({...START, cursor: 'live'});
	expect(cpuOf()).toBeCloseTo(2);
});

test('settings are saved only when they change', () => {
	const {store, remembered} = open();
	store.change(withMessage('key'));
	const memory: ScreenMemory = {...NO_MEMORY, filters: ['web']};
	store.change({...START, memory});
	store.change({...START, memory, message: 'key'});
	expect(remembered).toEqual([memory]);
});

describe('rows that are not ready for a frame', () => {
	/** A source whose rows are ready after three turns. */
	function openSlow(onTurn: () => void = () => {}) {
		vi.useRealTimers();
		const feed = feedOf(storeOf());
		const {source} = feed;
		const left: Unprepared[] = ['view', 'view', 'next', 'nothing'];
		let turns = 0;
		const slow: Source = {
			...source,
			version: source.version,
			view: (query, cursor, nowMs) => ({
				...source.view(query, cursor, nowMs),
				...(turns < 3 ? {isPending: true} : {}),
			}),
			prepare: () => {
				onTurn();
				return left[turns++] ?? 'nothing';
			},
		};
		const store = new ScreenStore({...feed, source: slow}, START, {
			isClear: () => true,
			remember: () => {},
			isLive: true,
		});
		return {store, turns: () => turns};
	}

	test('are made ready in turns, and shown in another frame', async () => {
		const {store, turns} = openSlow();
		const shown: unknown[] = [];
		const unsubscribe = store.subscribe(() => {
			const view = store.tables.view(store.frame().state, store.source, NOW);
			shown.push([turns(), view?.isPending ?? false]);
		});
		store.requestFrame();
		await vi.waitUntil(() => shown.length === 2 && turns() >= 4);
		unsubscribe();
		expect(shown).toEqual([
			[0, true],
			[3, false],
		]);
	});

	test('wait until each frame is written', async () => {
		const events: string[] = [];
		const {store, turns} = openSlow(() => events.push('turn'));
		const unsubscribe = store.subscribe(() => {
			// As React renders, and its frame is written.
			queueMicrotask(() => setImmediate(() => events.push('written')));
		});
		store.requestFrame();
		await vi.waitUntil(() => turns() >= 4);
		unsubscribe();
		expect(events).toEqual(['written', 'turn', 'turn', 'turn', 'written', 'turn']);
	});
});
