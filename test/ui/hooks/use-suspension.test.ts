import {setImmediate as turn} from 'node:timers/promises';
import {describe, expect, test, vi} from 'vitest';
import {useSuspension} from '../../../source/ui/hooks/use-suspension.ts';
import {gate, runHook} from './run-hook.tsx';

describe('the terminal', () => {
	test('is lent when no response is pending, and typed keys are dropped before it is taken back', async () => {
		const order: string[] = [];
		const answer = gate();
		const {result: lend, store} = runHook(useSuspension, {
			settle: () => answer.opened.then(() => void order.push('answered')),
			dropTypedAhead: () => void order.push(`dropped, held: ${store.isHeld}`),
		});
		const lending = lend(async () => void order.push('used'));
		await turn();
		expect([order, store.isHeld]).toEqual([[], true]);
		answer.open();
		await lending;
		expect(order).toEqual(['answered', 'used', 'dropped, held: true']);
		expect(store.isHeld).toBe(false);
	});

	test('is lent to one program at a time', async () => {
		const use = gate();
		const {result: lend} = runHook(useSuspension);
		const second = vi.fn(async () => {});
		const first = lend(() => use.opened);
		await lend(second);
		use.open();
		await first;
		expect(second).not.toHaveBeenCalled();
	});

	test('is not lent if the screen has ended', async () => {
		const answer = gate();
		const {result: lend, store} = runHook(useSuspension, {settle: () => answer.opened});
		const use = vi.fn(async () => {});
		const lending = lend(use);
		store.end();
		answer.open();
		await lending;
		expect(use).not.toHaveBeenCalled();
	});

	test('is taken back if the program failed', async () => {
		const {result: lend, store} = runHook(useSuspension);
		await expect(lend(() => Promise.reject(new Error('no such program')))).rejects.toThrow('no such program');
		expect(store.isHeld).toBe(false);
	});
});
