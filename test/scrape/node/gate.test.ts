import {describe, expect, test} from 'vitest';
import {Gate} from '../../../source/scrape/node/gate.ts';

const never = new AbortController().signal;

/** Work that ends when it is told to. */
function openWork(log: string[], name: string) {
	const {promise, finish} = deferred();
	return {
		finish,
		work: () => {
			log.push(name);
			return promise;
		},
	};
}

function deferred() {
	let finish = (): void => {};
	const promise = new Promise<void>(resolve => {
		finish = resolve;
	});
	return {promise, finish};
}

describe('the gate', () => {
	test('lets the next one in when one leaves, in the order in which they came', async () => {
		const gate = new Gate(2);
		const log: string[] = [];
		const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(name => openWork(log, name));
		const passes = [a, b, c, d].map(each => gate.pass(never, each?.work ?? (async () => {})));
		expect(log).toEqual(['a', 'b']);
		b?.finish();
		await passes[1];
		await Promise.resolve();
		expect(log).toEqual(['a', 'b', 'c']);
		for (const each of [a, c, d]) {
			each?.finish();
		}

		await Promise.all(passes);
		expect(log).toEqual(['a', 'b', 'c', 'd']);
	});

	test('frees the place of work that fails', async () => {
		const gate = new Gate(1);
		await expect(gate.pass(never, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
		expect(await gate.pass(never, async () => 'in')).toBe('in');
	});

	test('does not run what was given up while it waited, and keeps the place for others', async () => {
		const gate = new Gate(1);
		const log: string[] = [];
		const first = openWork(log, 'first');
		const passing = gate.pass(never, first.work);
		const abort = new AbortController();
		const waiting = gate.pass(abort.signal, openWork(log, 'given up').work);
		const last = gate.pass(never, async () => log.push('last'));
		abort.abort(new Error('stopped'));
		await expect(waiting).rejects.toThrow('stopped');
		first.finish();
		await Promise.all([passing, last]);
		expect(log).toEqual(['first', 'last']);
	});

	test('does not run what was given up before', async () => {
		const log: string[] = [];
		const aborted = AbortSignal.abort(new Error('stopped'));
		await expect(new Gate(1).pass(aborted, openWork(log, 'work').work)).rejects.toThrow('stopped');
		expect(log).toEqual([]);
	});
});
