import {stripVTControlCharacters} from 'node:util';
import {describe, expect, test} from 'vitest';
import type {Column} from '../../../source/metrics/column.ts';
import {columnsOf} from '../../../source/metrics/columns.ts';
import type {Row} from '../../../source/metrics/row.ts';
import {drawChooser} from '../../../source/ui/frame/draw-chooser.ts';
import {type Chooser, chooseColumns, openChooser} from '../../../source/ui/state/column-chooser.ts';
import {choosableColumns, displayColumns, layOut} from '../../../source/ui/table/display-columns.ts';
import {wantedColumns} from '../../../source/ui/table/wanted-columns.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';

const CHOICE = {all: ['name', 'cpu', 'memory', 'psi'], usual: ['name', 'cpu', 'memory']};
const press = (chooser: Chooser, ...keys: readonly string[]): Chooser =>
	keys.reduce((before, key) => chooseColumns(before, key, CHOICE, 2), chooser);

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
		expect(chooseColumns(one, 'space', {all: ['name'], usual: ['name']}, 2).items[0]?.isShown).toBe(true);
	});

	test.each(['enter', 'esc', 'q', 'o', 'f2', 'ctrl-c'])('ends with %s', key => {
		expect(press(openChooser(CHOICE, undefined), key).isDone).toBe(true);
	});

	test.each(['e', 'z', 'tab', '1', 'pageup', 'pagedown', 'f5'])('goes on with %s', key => {
		expect(press(openChooser(CHOICE, undefined), key).isDone).toBe(false);
	});

	test('moves a page at a time, and stops at both ends', () => {
		const cursorAfter = (...keys: readonly string[]): number =>
			press(openChooser(CHOICE, undefined), ...keys).cursor;
		expect(cursorAfter('pagedown')).toBe(2);
		expect(cursorAfter('pagedown', 'pagedown')).toBe(3);
		expect(cursorAfter('pagedown', 'pageup', 'pageup')).toBe(0);
	});
});

describe('the list of columns', () => {
	const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});
	const list = (chosen: readonly string[] | undefined, width: number, laidOut: readonly string[]) => {
		const all = choosableColumns('pods', true).map(({id}) => id);
		const usual = displayColumns('pods', true).map(({id}) => id);
		return stripVTControlCharacters(
			drawChooser({
				chooser: openChooser({all, usual}, chosen),
				columns: columnsOf('pods') as unknown as ReadonlyArray<Column<Row>>,
				laidOut: new Set(laidOut),
				width,
				height: 40,
				theme,
			}).join('\n'),
		);
	};

	test('marks what is chosen and has no room, and what is there to spare', () => {
		const text = list(undefined, 100, ['name', 'cpu', 'volumes%']);
		expect(text).toMatch(/■ POD +The name of the pod/);
		expect(text).toMatch(/■ QOS +no room The class/);
		expect(text).toMatch(/□ VOL% +spare +The fullest volume/);
		expect(text).toMatch(/□ PSI-C +Pressure/);
		expect(list(['name', 'psi-cpu'], 100, ['name'])).toMatch(/■ PSI-C +no room Pressure/);
	});

	test('says in words what sparklines are of', () => {
		const text = list(undefined, 100, []);
		expect(text).toContain('CPU over time.');
		expect(text).toContain('Network, received, over time.');
		expect(text).not.toMatch(/cpuCores|BytesPerSecond/);
	});

	test.each([30, 80, 120])('has a title that is whole at %i cells', width => {
		expect(list(undefined, width, []).split('\n')[0]).toMatch(/^ {2}Columns.*[^…]$/);
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

	test('beside the usual ones come before these, right behind the first three', () => {
		const usual = displayColumns('pods', true).map(({id}) => id);
		const ids = (chosen: readonly string[], width: number) =>
			layOut(wantedColumns('pods', {hasInventory: true, chosen, isWide: false}), width, new Map()).map(
				({id}) => id,
			);
		for (const width of [60, 80, 120, 200]) {
			expect(ids([...usual, 'psi-memory'], width)).toEqual(
				expect.arrayContaining(['name', 'cpu', 'memory', 'psi-memory']),
			);
		}

		const moved = ['memory', ...usual.filter(id => id !== 'memory'), 'psi-memory'];
		expect(ids(moved, 80)).toContain('psi-memory');
	});

	test('come with more of them where nothing is chosen, and alone where something is', () => {
		expect(wanted(undefined).map(({id}) => id)).toContain('psi-cpu');
		expect(wanted(['name', 'cpu']).map(({id}) => id)).toEqual(['name', 'cpu']);
	});

	test('are without sparklines where figures are wanted', () => {
		expect(wanted(undefined).some(({series}) => series !== undefined)).toBe(true);
		expect(wanted(undefined, true).some(({series}) => series !== undefined)).toBe(false);
	});

	test('are the usual ones where what was chosen is no more', () => {
		expect(wanted(['gone'])).toEqual(wanted(undefined));
	});
});
