import {describe, expect, test} from 'vitest';
import {type Chooser, chooseColumns, openChooser} from '../../source/ui/column-chooser.ts';
import {wantedColumns} from '../../source/ui/table/wanted-columns.ts';

const CHOICE = {all: ['name', 'cpu', 'memory', 'psi'], usual: ['name', 'cpu', 'memory']};
const press = (chooser: Chooser, ...keys: readonly string[]): Chooser =>
	keys.reduce((before, key) => chooseColumns(before, key, CHOICE), chooser);

describe('choosing columns', () => {
	test('begins with the usual ones, and those of before where there are', () => {
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
		['puts earlier', ['down', 'down', '<'], ['name', 'memory', 'cpu']],
		['puts later', ['>'], ['cpu', 'name', 'memory']],
		['takes the usual ones again', ['space', 'r'], undefined],
	] as const)('%s with %j', (_what, keys, chosen) => {
		expect(press(openChooser(CHOICE, undefined), ...keys).chosen).toEqual(chosen);
	});

	test('leaves the last column, since a table without one shows nothing', () => {
		const one = openChooser({all: ['name'], usual: ['name']}, undefined);
		expect(chooseColumns(one, 'space', {all: ['name'], usual: ['name']}).items[0]?.isShown).toBe(true);
	});

	test.each(['enter', 'esc', 'q'])('ends with %s', key => {
		expect(press(openChooser(CHOICE, undefined), key).isDone).toBe(true);
	});
});

describe('the columns that are wanted', () => {
	const wanted = (chosen: readonly string[] | undefined, isWide = false) =>
		wantedColumns('nodes', {hasInventory: false, chosen, isWide});

	test('keep their worth when some are only hidden, and have that of their order when they were moved', () => {
		expect(wanted(['name', 'cpu', 'memory']).map(({id, rank}) => [id, rank])).toEqual([
			['name', 0],
			['cpu', 1],
			['memory', 2],
		]);
		expect(wanted(['memory', 'name', 'psi-cpu']).map(({id, rank}) => [id, rank])).toEqual([
			['memory', 0],
			['name', 1],
			['psi-cpu', 2],
		]);
	});

	test('are without sparklines where figures are wanted', () => {
		expect(wanted(undefined).some(({series}) => series !== undefined)).toBe(true);
		expect(wanted(undefined, true).some(({series}) => series !== undefined)).toBe(false);
	});

	test('are the usual ones where what was chosen is no more', () => {
		expect(wanted(['gone'])).toEqual(wanted(undefined));
	});
});
