import {describe, expect, test} from 'vitest';
import {type Chooser, chooseColumns, openChooser} from '../../../source/ui/state/column-chooser.ts';

const CHOICE = {all: ['name', 'cpu', 'memory', 'psi'], defaults: ['name', 'cpu', 'memory']};
const press = (chooser: Chooser, ...keys: readonly string[]): Chooser =>
	keys.reduce((before, key) => chooseColumns(before, key, CHOICE, 2), chooser);

describe('the column chooser', () => {
	test('starts with the default columns, or with the chosen ones', () => {
		expect(
			openChooser(CHOICE, undefined).items.map(({id, isShown}) => `${isShown ? '+' : '-'}${id}`),
		).toEqual(['+name', '+cpu', '+memory', '-psi']);
		expect(openChooser(CHOICE, ['psi', 'gone', 'name']).items.map(({id}) => id)).toEqual([
			'psi',
			'name',
			'cpu',
			'memory',
		]);
	});

	test.each([
		['hides', ['down', 'space'], ['name', 'memory']],
		['shows', ['G', 'space'], ['name', 'cpu', 'memory', 'psi']],
		['moves up', ['down', 'down', '<'], ['name', 'memory', 'cpu']],
		['moves down', ['>'], ['cpu', 'name', 'memory']],
		['resets to the defaults', ['space', 'r'], undefined],
	] as const)('%s with %j', (_what, keys, chosen) => {
		expect(press(openChooser(CHOICE, undefined), ...keys).chosen).toEqual(chosen);
	});

	test('does not hide the last column', () => {
		const one = openChooser({all: ['name'], defaults: ['name']}, undefined);
		expect(chooseColumns(one, 'space', {all: ['name'], defaults: ['name']}, 2).items[0]?.isShown).toBe(true);
	});

	test.each(['enter', 'esc', 'q', 'o', 'f2', 'ctrl-c'])('is closed by %s', key => {
		expect(press(openChooser(CHOICE, undefined), key).isDone).toBe(true);
	});

	test.each(['e', 'z', 'tab', '1', 'pageup', 'pagedown', 'f5'])('stays open after %s', key => {
		expect(press(openChooser(CHOICE, undefined), key).isDone).toBe(false);
	});

	test('moves by pages, and stops at both ends', () => {
		const cursorAfter = (...keys: readonly string[]): number =>
			press(openChooser(CHOICE, undefined), ...keys).cursor;
		expect(cursorAfter('pagedown')).toBe(2);
		expect(cursorAfter('pagedown', 'pagedown')).toBe(3);
		expect(cursorAfter('pagedown', 'pageup', 'pageup')).toBe(0);
	});
});
