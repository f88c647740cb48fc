import {expect, test} from 'vitest';
import {TerminalUse} from '../../source/connect/terminal-use.ts';

test('the terminal is free when no plugin runs any more, also one that began meanwhile or failed', async () => {
	const use = new TerminalUse();
	await use.whenFree();
	let finishFirst = (_token: string): void => {};
	let failSecond = (_error: Error): void => {};
	const first = new Promise<string>(resolve => {
		finishFirst = resolve;
	});
	const second = new Promise<string>((_resolve, reject) => {
		failSecond = reject;
	});
	const results = [use.atTerminal(() => first)];
	let isFree = false;
	const free = use.whenFree().then(() => {
		isFree = true;
	});
	results.push(use.atTerminal(() => second));
	finishFirst('token');
	expect(await results[0]).toBe('token');
	expect(isFree).toBe(false);
	failSecond(new Error('no login'));
	await expect(results[1]).rejects.toThrow('no login');
	await free;
	expect(isFree).toBe(true);
});
