import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Row} from '../../../source/metrics/model/row.ts';
import type {Level} from '../../../source/metrics/model/view.ts';
import {drawFooter} from '../../../source/ui/draw/footer.ts';
import {chooserHints} from '../../../source/ui/draw/key-hints.ts';
import {widthOf} from '../../../source/ui/format/width.ts';
import {actionOf} from '../../../source/ui/state/keymap.ts';
import {LEVELS} from '../../../source/ui/state/levels.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';
import {containerRow, nodeRow, podRow} from '../../metrics/rows.ts';
import {NOTHING, START, showing} from '../state/states.ts';

const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});

const at = (level: Level): ScreenState => act(START, {type: 'level', index: LEVELS.indexOf(level)}, NOTHING);
const inside = (row: Row): ScreenState => act(START, {type: 'open'}, showing([row]));

describe('the footer', () => {
	const footer = (state: ScreenState, width: number): string =>
		stripVTControlCharacters(drawFooter(state, undefined, width, theme));

	test.each([
		[
			'nodes',
			START,
			['/ filter', '< > sort', 'e explain', 'E events', 'o columns', 'x mark'],
			['logs', 'facts', 'back'],
		],
		['pods', at('pods'), ['l logs', 's shell', 'o columns'], ['facts', 'back']],
		['a node', inside(nodeRow('n')), ['Esc back', 'd facts', 'l logs', 's shell', '⏎ open'], []],
		['a pod', inside(podRow('p')), ['Esc back', 'd facts', 'l logs', 's shell'], []],
		[
			'a container',
			inside(containerRow('c')),
			['Esc back', 'd facts', 'l logs', 's shell'],
			['move', 'open', 'filter', 'sort', 'mark'],
		],
	] as const)('of %s shows only keys that work there', (_what, state, named, others) => {
		const text = footer(state, 180);
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
		const withNotice = drawFooter(choosing, 'no history', 120, theme);
		expect(withNotice).toContain('space show or hide');
		expect(chooserHints(20)).toBe('Enter done');
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
		expect(footer(at('pods'), 60)).toMatch(/move {2}⏎ open {2}\/ filter {2}l logs/);
		expect(footer(inside(nodeRow('n')), 60)).toMatch(/⏎ open {2}Esc back/);
	});

	test('names only keys of the keymap', () => {
		const names = footer(inside(nodeRow('n')), 220)
			.trim()
			.split(/ {2,}/)
			.map(hint => hint.split(' ')[0] ?? '');
		const keys = names.map(name => ({'↑↓': 'up', '⏎': 'enter', Esc: 'esc'})[name] ?? name);
		expect(keys.filter(key => actionOf(key) === undefined)).toEqual([]);
	});

	test('shows a notice instead of keys', () => {
		expect(drawFooter(START, 'no history', 80, theme)).toMatch(/^ no history +$/);
	});
});
