import {describe, expect, test} from 'vitest';
import type {Row} from '../../../source/metrics/model/row.ts';
import type {View} from '../../../source/metrics/model/view.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {
	choiceOf,
	completionsOf,
	filterAdviceOf,
	groupKeysOf,
	sortableColumns,
	vocabularyOf,
} from '../../../source/ui/view/vocabulary.ts';
import {containerRow, podRow} from '../../metrics/rows.ts';
import {feedOf, NOW, storeOf} from '../feeds.ts';
import {NOTHING, START, showing, startingAt, stateAfter} from '../state/states.ts';

const pods = feedOf(storeOf()).source.view({level: 'pods'}, 'live', NOW) as unknown as View;
const charts = act(START, {type: 'open'}, showing([containerRow('c')]));

describe('the columns of the current table', () => {
	test('for sorting are those without sparklines, and those of the inventory only with one', () => {
		expect(sortableColumns(START, {hasInventory: false})).not.toContain('status');
		expect(sortableColumns(START, {hasInventory: true})).toContain('status');
		expect(sortableColumns(START, {hasInventory: true}).some(id => id.startsWith('~'))).toBe(false);
		expect(sortableColumns(charts, {hasInventory: true})).toEqual([]);
	});

	test('for the chooser start with the default ones', () => {
		const {all, defaults} = choiceOf(START, false);
		expect(all.slice(0, defaults.length)).toEqual(defaults);
		expect(all.length).toBeGreaterThan(defaults.length);
		expect(choiceOf(charts, false)).toEqual({all: [], defaults: []});
	});
});

test.each([
	['web', 'ok'],
	['no-such-pod', 'vain'],
	['no-such-column>1', 'wrong'],
])('the filter %j of a table is %s', (filter, kind) => {
	const view = feedOf(storeOf()).source.view({level: 'pods', filter}, 'live', NOW) as unknown as View;
	expect(filterAdviceOf(startingAt('pods', filter), view).kind).toBe(kind);
	expect(filterAdviceOf(charts, undefined).kind).toBe('ok');
});

describe('the keys that a table can be grouped by', () => {
	const rowsOf = (many: readonly Row[]): {readonly view: View; readonly read: () => number} => {
		let most = 0;
		const slice = (from = 0, until = many.length): readonly Row[] => {
			most = Math.max(most, Math.min(until, many.length));
			return many.slice(from, until);
		};
		return {view: {...pods, rows: Object.assign([...many], {slice})} as View, read: () => most};
	};
	const many = Array.from({length: 1000}, (_, place) =>
		podRow(`p-${place}`, {cluster: place === 999 ? 'prod' : undefined}),
	);

	test('are looked for one by one, in as few rows as tell', () => {
		const {view, read} = rowsOf(many);
		const [first] = groupKeysOf(view, NOW);
		expect(first).toBe('namespace');
		expect(read()).toBeLessThan(many.length);
	});

	test('are also those that only a late row has a value of', () => {
		expect([...groupKeysOf(rowsOf(many).view, NOW)]).toContain('cluster');
		expect([...groupKeysOf(rowsOf(many.slice(0, 999)).view, NOW)]).not.toContain('cluster');
		expect([...groupKeysOf(undefined, NOW)]).toEqual([]);
	});
});

describe('the words of a filter', () => {
	test('are the columns of the table and their current values', () => {
		const {columns, valuesOf} = vocabularyOf(pods, NOW);
		expect(columns).toEqual(
			expect.arrayContaining([
				{id: 'namespace', isNumber: false},
				{id: 'cpu', isNumber: true},
			]),
		);
		expect([...new Set(valuesOf('namespace'))]).toEqual(['shop']);
		expect([...valuesOf('name')].sort()).toEqual(['db-0', 'web-1', 'web-2']);
	});

	test('are only offered while a filter is typed', () => {
		const typing = act(startingAt('pods', 'namespace:s'), {type: 'filter'}, NOTHING);
		expect(completionsOf(typing, pods, NOW)).toEqual(['shop']);
		expect(completionsOf(stateAfter([]), pods, NOW)).toEqual([]);
	});
});
