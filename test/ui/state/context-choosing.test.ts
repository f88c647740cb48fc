import {describe, expect, test} from 'vitest';
import {
	inAnotherContext,
	selectedContext,
	startContexts,
	typeContexts,
} from '../../../source/ui/state/context-choosing.ts';
import {currentPage} from '../../../source/ui/state/page.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {podRow} from '../../metrics/rows.ts';
import {contextNamed, DOWN, FIVE, START, showing, startingAt, stateAfter} from './states.ts';

const LISTED = showing([], {
	contexts: () => ['dev', 'prod', 'staging', 'test'].map(contextNamed),
	context: 'prod',
});

/** The name under the cursor after keys. */
function selectedAfter(...keys: readonly string[]): string | undefined {
	const {mode} = keys.reduce((state, key) => typeContexts(state, key, LISTED).state, startContexts(START));
	const index = selectedContext(mode.kind === 'contexts' ? mode.selected : undefined, LISTED);
	return mode.kind === 'contexts' ? LISTED.contexts()[index]?.name : undefined;
}

describe('the list of contexts', () => {
	test.each([
		['begins with the one on the screen', [], 'prod'],
		['moves down', ['down'], 'staging'],
		['moves up, and stays at the first', ['k', 'k', 'k'], 'dev'],
		['pages, and stays at the last', ['pagedown', 'pagedown'], 'test'],
		['jumps to the first', ['g'], 'dev'],
		['jumps to the last', ['G'], 'test'],
		['ignores other keys', ['z'], 'prod'],
		['closes on Esc', ['esc'], undefined],
		['closes on the key that opened it', ['C'], undefined],
	])('%s', (_what, keys, name) => {
		expect(selectedAfter(...keys)).toBe(name);
	});

	test('opens the selected one on Enter, and stays open until that is shown', () => {
		const moved = typeContexts(startContexts(START), 'down', LISTED).state;
		const {state, action} = typeContexts(moved, 'enter', LISTED);
		expect(action).toEqual({type: 'context', name: 'staging'});
		expect(state.mode.kind).toBe('contexts');
	});

	test('does nothing on Enter while there is none', () => {
		expect(
			typeContexts(startContexts(START), 'enter', showing([], {contexts: () => []})).action,
		).toBeUndefined();
	});

	test.each(['/', ':'])('leads to the command with completion at %s', key => {
		expect(typeContexts(startContexts(START), key, LISTED).state.mode).toMatchObject({
			kind: 'command',
			line: {text: 'ctx '},
		});
	});

	test('keeps the cursor on its context when others are added before it', () => {
		const {mode} = typeContexts(startContexts(START), 'down', LISTED).state;
		const longer = {...LISTED, contexts: () => ['a', 'b', 'prod', 'staging'].map(contextNamed)};
		expect(selectedContext(mode.kind === 'contexts' ? mode.selected : undefined, longer)).toBe(3);
	});
});

describe('in another context', () => {
	const kept = (state: ScreenState, hidesNodes = false) => inAnotherContext(state, 'staging', hidesNodes);

	test('table, order, filter, namespaces, columns and window stay', () => {
		const before = stateAfter(
			[
				{type: 'narrow', namespaces: ['shop']},
				{type: 'set-filter', filter: 'web'},
				{type: 'sort-by', column: 'memory'},
				{type: 'set-window', windowMs: 3_600_000},
				{type: 'wide'},
			],
			FIVE,
			startingAt('pods'),
		);
		const {level, sort, filter, scope} = currentPage(before);
		const after = kept(before);
		expect(currentPage(after)).toMatchObject({level, sort, filter, scope});
		expect(after).toMatchObject({windowMs: 3_600_000, isWide: true, message: 'context staging'});
	});

	test('pages of objects, marks, the selection and the moment of a pause are gone', () => {
		const pods = showing([podRow('web'), podRow('db')]);
		const before = stateAfter(
			[DOWN, {type: 'mark'}, {type: 'open'}, {type: 'pause'}],
			pods,
			startingAt('pods'),
		);
		expect(before.pages).toHaveLength(2);
		const after = kept(before);
		expect(after.pages).toHaveLength(1);
		expect(currentPage(after)).toMatchObject({selectedId: undefined, selectedIndex: 0});
		expect([after.cursor, after.marked.size]).toEqual(['live', 0]);
	});

	test.each([
		['problems', {type: 'problems'}],
		['the charts of the cluster', {type: 'cluster'}],
	] as const)('%s stay on the screen', (_what, action) => {
		const before = stateAfter([action]);
		expect(kept(before).pages.map(({level}) => level)).toEqual(before.pages.map(({level}) => level));
	});

	test('the list closes, and a prompt stays', () => {
		expect(kept(startContexts(START)).mode.kind).toBe('table');
		expect(kept(stateAfter([{type: 'filter'}])).mode.kind).toBe('filter');
	});

	test('that hides its nodes pods are shown in place of nodes', () => {
		expect(currentPage(kept(START, true)).level).toBe('pods');
		expect(currentPage(kept(startingAt('containers'), true)).level).toBe('containers');
	});
});
