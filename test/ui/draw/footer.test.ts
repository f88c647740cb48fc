import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {LEVELS} from '../../../source/metrics/model/levels.ts';
import type {Row} from '../../../source/metrics/model/row.ts';
import {drawFooter, type FooterWords, keyAt} from '../../../source/ui/draw/footer.ts';
import {chooserHints, hintLine} from '../../../source/ui/draw/key-hints.ts';
import {widthOf} from '../../../source/ui/format/width.ts';
import {actionOf} from '../../../source/ui/state/keymap.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';
import {containerRow, nodeRow, podRow} from '../../metrics/rows.ts';
import {NOTHING, START, showing} from '../state/states.ts';

const NO_WORDS: FooterWords = {
	answer: undefined,
	notice: undefined,
	height: 1,
	listsProcesses: false,
};
const linesOf = (state: ScreenState, words: Partial<FooterWords>, width: number): readonly string[] =>
	drawFooter(state, {...NO_WORDS, ...words}, width, theme);

const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});

const at = (level: (typeof LEVELS)[number]): ScreenState =>
	act(START, {type: 'level', index: LEVELS.indexOf(level)}, NOTHING);
const inside = (row: Row): ScreenState => act(START, {type: 'open'}, showing([row]));

describe('the footer', () => {
	const footer = (state: ScreenState, width: number): string =>
		stripVTControlCharacters(linesOf(state, {}, width).join('\n'));

	test.each([
		[
			'nodes',
			START,
			['/ filter', 'm memory', '< > sort', 'e explain', 'E events', 'o columns', ': command'],
			['logs', 'facts', 'back', 'namespace'],
		],
		['pods', at('pods'), ['N namespace', 'l logs', 's shell', 'o columns'], ['facts', 'back']],
		['a node', inside(nodeRow('n')), ['Esc back', 'd facts', 'l logs', 's shell', '⏎ charts'], []],
		['a pod', inside(podRow('p')), ['Esc back', 'd facts', 'l logs', 's shell'], []],
		[
			'a container',
			inside(containerRow('c')),
			['Esc back', 'd facts', 'l logs', 's shell'],
			['move', '⏎', 'filter', 'memory', 'sort', 'mark'],
		],
	] as const)('of %s shows only keys that work there', (_what, state, named, others) => {
		const text = footer(state, 200);
		expect(named.filter(key => !text.includes(key))).toEqual([]);
		expect(others.filter(key => text.includes(key))).toEqual([]);
	});

	test('shows the key that returns from facts to charts', () => {
		expect(footer({...inside(nodeRow('n')), hasFacts: true}, 160)).toContain('d charts');
	});

	test('of an overlay shows the keys that scroll and close it', () => {
		expect(footer({...START, mode: {kind: 'overlay', overlay: 'help', offset: 0}}, 80)).toMatch(
			/scroll {2}Esc close {2}\? help {2}q quit/,
		);
	});

	test('of the column chooser shows its keys, even if there is a notice', () => {
		const chooser = {items: [], cursor: 0, chosen: undefined, isDone: false};
		const choosing: ScreenState = {...START, mode: {kind: 'chooser', chooser}};
		expect(footer(choosing, 120)).toMatch(/space show or hide .* r defaults .* Enter done/);
		expect(linesOf(choosing, {notice: 'no history'}, 120)[0]).toContain('space show or hide');
		expect(hintLine(chooserHints(20))).toBe('Enter done');
	});

	test('always shows help and quit, never cuts a hint, and drops the least useful ones first', () => {
		const states = [START, at('pods'), at('tree'), inside(nodeRow('n')), inside(containerRow('c'))];
		fc.assert(
			fc.property(fc.constantFrom(...states), fc.integer({min: 16, max: 220}), (state, width) => {
				const text = footer(state, width);
				expect(text).toMatch(/\? help {2}q quit *$/);
				expect(widthOf(text)).toBe(width);
				expect(text).not.toContain('…');
			}),
		);
		expect(footer(at('pods'), 80).trim()).toBe(
			'⏎ charts  / filter  m memory  N namespace  l logs  : command  ? help  q quit',
		);
		expect(footer(inside(nodeRow('n')), 60)).toMatch(/⏎ charts {2}Esc back {2}\/ filter {2}m memory/);
	});

	test('names the processes at 80 cells where the source lists them, and the way back from them', () => {
		const words = {listsProcesses: true};
		for (const state of [START, at('containers'), inside(nodeRow('n'))]) {
			expect(linesOf(state, words, 80)[0]).toContain('a processes');
			expect(linesOf(state, {}, 200)[0]).not.toContain('a processes');
		}

		const opened = act(START, {type: 'processes'}, showing([nodeRow('n')]));
		expect(linesOf(opened, words, 80)[0]).toMatch(/Esc back(?!.*a processes)/);
	});

	test('offers the other order and the other namespaces', () => {
		const {pages} = at('pods');
		const narrowed = {...START, pages: [{...pages[0], scope: {namespaces: ['a']}}]} as const;
		expect(footer(narrowed, 80)).toContain('N all');
		const byMemory = act(at('pods'), {type: 'sort', order: {column: 'memory', isDescending: true}}, NOTHING);
		expect(footer(byMemory, 80)).toContain('c CPU');
	});

	test('names only keys of the keymap', () => {
		const names = footer(inside(nodeRow('n')), 220)
			.trim()
			.split(/ {2,}/)
			.map(hint => hint.split(' ')[0] ?? '');
		const keys = names.map(name => ({'↑↓': 'up', '⏎': 'enter', Esc: 'esc'})[name] ?? name);
		expect(keys.filter(key => actionOf(key) === undefined)).toEqual([]);
	});

	test('finds the key at a cell', () => {
		const keyOf = (cell: number, words: Partial<FooterWords> = {}) =>
			keyAt(at('pods'), {...NO_WORDS, ...words}, cell, 80, theme)?.text;
		expect([0, 1, 8, 9, 11, 12, 79].map(cell => keyOf(cell))).toEqual([
			undefined,
			'⏎ charts',
			'⏎ charts',
			undefined,
			'/ filter',
			'/ filter',
			undefined,
		]);
		expect(keyOf(1, {answer: 'copied'})).toBeUndefined();
		expect(keyOf(1, {notice: 'hidden'})).toBeUndefined();
		expect(keyOf(1, {notice: 'hidden', height: 2})).toBe('⏎ charts');
	});

	test('shows a notice or the result of a key instead of keys', () => {
		expect(linesOf(START, {answer: 'copied'}, 80)[0]).toMatch(/^ copied +$/);
		expect(linesOf(START, {notice: 'no history'}, 80)[0]).toMatch(/^ no history +$/);
		expect(linesOf(START, {answer: 'copied', notice: 'no history'}, 80)[0]).toMatch(/^ copied +$/);
	});

	test('shows the keys below a notice if it has two lines', () => {
		const two = (answer?: string) => linesOf(START, {answer, notice: 'no history', height: 2}, 80);
		expect(two()).toEqual([
			expect.stringMatching(/^ no history +$/),
			expect.stringMatching(/\? help {2}q quit *$/),
		]);
		expect(two('copied')[1]).toMatch(/^ copied +$/);
	});
});
