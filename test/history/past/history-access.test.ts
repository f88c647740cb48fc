import {describe, expect, test} from 'vitest';
import {HistoryAccess} from '../../../source/history/past/history-access.ts';
import {FakeStore, REFUSED} from './fake-store.ts';

function open() {
	const store = new FakeStore();
	const time = {now: 0};
	let changes = 0;
	const access = new HistoryAccess({
		store,
		now: () => time.now,
		onChange: () => {
			changes++;
		},
	});
	return {store, time, access, changes: () => changes};
}

describe('the way to a store', () => {
	test('probes it once, before the first question', async () => {
		const {store, access} = open();
		expect(access.status).toEqual({kind: 'unqueried', label: 'Fake'});
		expect(await access.ask(async () => 1)).toBe(1);
		expect(await access.ask(async () => 2)).toBe(2);
		expect(store.probes).toHaveLength(1);
		expect(access.status).toEqual({
			kind: 'ok',
			label: 'Fake',
			schema: 'Heapster',
			differences: [],
		});
	});

	test('answers with nothing where the store fails, and says why', async () => {
		const {store, access, changes} = open();
		store.failure = REFUSED;
		expect(await access.ask(async () => 1)).toBeUndefined();
		expect(access.status).toMatchObject({kind: 'failed', failure: {code: 'refused', hint: 'start it'}});
		expect(changes()).toBe(1);
	});

	test('takes an error that is none of the store’s for a defect, and lives on', async () => {
		const {access} = open();
		const answer = access.ask(async () => {
			throw new TypeError('x is undefined');
		});
		expect(await answer).toBeUndefined();
		expect(access.status).toMatchObject({
			kind: 'failed',
			failure: {message: expect.stringContaining('x is undefined')},
		});
	});

	test('asks again after the clock was set back, and not an hour later', async () => {
		const {store, access, time} = open();
		time.now = 3_600_000;
		store.failure = REFUSED;
		await access.ask(async () => 1);
		expect(access.isOpen()).toBe(false);
		time.now = 0;
		expect(access.isOpen()).toBe(true);
	});

	test('waits after each failure of a store twice as long, and a minute at most', async () => {
		const {store, access, time} = open();
		store.failure = REFUSED;
		const asked: number[] = [];
		for (; time.now <= 300_000; time.now += 1000) {
			const before = store.probes.length;
			await access.ask(async () => 1);
			if (store.probes.length > before) {
				asked.push(time.now / 1000);
			}
		}

		expect(asked).toEqual([0, 2, 6, 14, 30, 62, 122, 182, 242]);
	});

	test('probes again after a failure: the store may have been set up by then', async () => {
		const {store, access, time, changes} = open();
		store.failure = REFUSED;
		await access.ask(async () => 1);
		store.failure = undefined;
		time.now = 5000;
		expect(await access.ask(async () => 1)).toBe(1);
		expect(access.status.kind).toBe('ok');
		expect([store.probes.length, changes()]).toEqual([2, 2]);
	});

	test('asks four questions at once, and no more', async () => {
		const {store, access} = open();
		store.isHanging = true;
		for (let question = 0; question < 4; question++) {
			expect(access.isOpen()).toBe(true);
			void access.ask(async () => 1);
		}

		expect(access.isOpen()).toBe(false);
		expect(await access.ask(async () => 1)).toBeUndefined();
	});

	test('is closed with the store, and says nothing more', async () => {
		const {store, access} = open();
		await access.close();
		expect(store.isClosed).toBe(true);
		expect(await access.ask(async () => 1)).toBeUndefined();
	});
});
