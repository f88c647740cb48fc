import {describe, expect, test} from 'vitest';
import type {Row} from '../../../source/metrics/model/row.ts';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {containerRow, nodeRow, podRow} from '../../metrics/rows.ts';
import {DOWN, selected, showing, stateAfter} from './states.ts';

describe('the tree', () => {
	const tree = stateAfter([{type: 'level', index: 4}]);
	const row = (name: string, depth: number, isOpen: boolean | undefined): Row => ({
		kind: 'tree',
		id: `id-${name}`,
		name,
		depth,
		isOpen,
		of: depth === 0 ? nodeRow(name) : depth === 1 ? podRow(name) : containerRow(name),
	});
	const closed = showing([row('n1', 0, false), row('n2', 0, false)]);
	const opened = showing([row('n1', 0, true), row('web', 1, false), row('n2', 0, false)]);
	const open = (state: ScreenState) => [...currentPage(state).tree.open];

	test('expands the selected row, then selects its first child', () => {
		const unfolded = act(tree, {type: 'expand'}, closed);
		expect(open(unfolded)).toEqual(['id-n1']);
		expect(selected(act(unfolded, {type: 'expand'}, opened), opened)).toBe(1);
	});

	test('is folded by + and -, which leave open and closed rows, leaves and the page as they are', () => {
		const PLUS = {type: 'fold', isOpen: true} as const;
		const MINUS = {type: 'fold', isOpen: false} as const;
		expect(act(tree, MINUS, closed)).toEqual(tree);
		const unfolded = act(tree, PLUS, closed);
		expect(open(unfolded)).toEqual(['id-n1']);
		expect(open(act(unfolded, PLUS, opened))).toEqual(['id-n1']);
		const leaf = showing([row('n1', 0, true), row('web', 1, true), row('app', 2, undefined)]);
		const inside = stateAfter([DOWN, DOWN], leaf, unfolded);
		expect(act(inside, PLUS, leaf)).toEqual(inside);
		expect(selected(act(inside, MINUS, leaf), leaf)).toBe(1);
		expect(open(act(unfolded, MINUS, opened))).toEqual([]);
		expect(open(act(unfolded, {type: 'fold', isOpen: undefined}, opened))).toEqual([]);
	});

	test('selects the parent of a row, then collapses it', () => {
		const inside = act(act(act(tree, {type: 'expand'}, closed), DOWN, opened), {type: 'collapse'}, opened);
		expect(selected(inside, opened)).toBe(0);
		expect(open(act(inside, {type: 'collapse'}, opened))).toEqual([]);
	});

	test('opens the page of the row on Enter', () => {
		const page = currentPage(act(act(tree, DOWN, opened), {type: 'open'}, opened));
		expect(page).toMatchObject({level: 'containers', scope: {podId: 'id-web'}});
	});

	test('switches its roots when its key is pressed again', () => {
		expect(currentPage(tree).tree.by).toBe('nodes');
		expect(currentPage(act(tree, {type: 'level', index: 4}, closed)).tree.by).toBe('namespaces');
	});

	test('keeps expanded rows while other tables are shown', () => {
		const away = act(act(tree, {type: 'expand'}, closed), {type: 'level', index: 1}, closed);
		expect(open(act(away, {type: 'level', index: 4}, closed))).toEqual(['id-n1']);
	});
});
