import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {LESS_INLINING} from '../../source/commands/compiler-budget.ts';

test('this Node knows the flag that limits inlining: V8 writes an error over the screen for one that it does not know', () => {
	const {status, stderr} = spawnSync(process.execPath, [LESS_INLINING, '--eval', ''], {encoding: 'utf8'});
	expect([status, stderr]).toEqual([0, '']);
});
