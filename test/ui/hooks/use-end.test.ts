import {setImmediate as turn} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {useEnd} from '../../../source/ui/hooks/use-end.ts';
import {gate, runHook} from './run-hook.tsx';

describe('the end', () => {
	test.each([
		['the user', undefined],
		['a signal', 'SIGTERM'],
	] as const)('by %s is the result of the app', async (_whose, by) => {
		const {result: end, exit, store} = runHook(useEnd);
		end(by);
		expect(store.hasEnded).toBe(true);
		expect(await exit).toBe(by);
	});

	test('by an exception rejects with it', async () => {
		const {result: end, exit} = runHook(useEnd);
		end(new Error('a defect'));
		await expect(exit).rejects.toThrow('a defect');
	});

	test('waits for the terminal’s response while frames and keys are held', async () => {
		const answer = gate();
		const {result: end, exit, store} = runHook(useEnd, {settle: () => answer.opened});
		let hasExited = false;
		void exit.then(() => {
			hasExited = true;
		});
		end();
		await turn();
		expect([store.isHeld, hasExited]).toEqual([true, false]);
		answer.open();
		await exit;
	});

	test('happens once, with the first reason', async () => {
		const {result: end, exit} = runHook(useEnd);
		end('SIGHUP');
		end('SIGTERM');
		expect(await exit).toBe('SIGHUP');
	});
});
