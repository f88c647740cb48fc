import {describe, expect, test} from 'vitest';
import {act} from '../../../source/ui/state/reduce.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import type {Visible} from '../../../source/ui/state/visible.ts';
import {pointedItem} from '../../../source/ui/view/pointed-item.ts';
import {contextNamed, FIVE, START, showing} from '../state/states.ts';

const CONTEXTS = ['dev', 'prod', 'staging'].map(contextNamed);
const feed = {
	contexts: {
		list: () => ({contexts: CONTEXTS, failure: undefined}),
		current: () => 'prod',
		opening: () => undefined,
		failed: () => undefined,
		whenRead: async () => {},
		open: async () => ({kind: 'superseded'}) as const,
	},
};

const EVENTS = showing([], {
	events: () => ['a', 'b', 'c'].map(id => ({id, name: id, row: () => undefined})),
	overlayRest: 4 - 10,
});

/** Below a header of three lines and the tabs, the page has ten lines from line 4 on: first the headings of the list. */
const click = (state: ScreenState, line: number, visible: Visible = FIVE) =>
	pointedItem(
		state,
		{kind: 'press', line, column: 5},
		visible,
		{areas: {header: 3, charts: 0, table: 10, preview: 0, foot: 1}, columns: 80},
		feed,
	);

/** The state after a click on an item that is not selected. */
function selectedBy(...[state, line, visible]: Parameters<typeof click>): ScreenState['mode'] | undefined {
	const item = click(state, line, visible);
	return item !== undefined && 'select' in item ? item.select().mode : undefined;
}

describe('a click in a list that replaces the table', () => {
	const contexts = act(START, {type: 'contexts'}, FIVE);
	const choosing = act(START, {type: 'columns'}, FIVE);
	const events = act(START, {type: 'events'}, EVENTS);

	test('selects the context, the column or the event under the mouse', () => {
		expect(selectedBy(contexts, 7, showing([], {contexts: () => CONTEXTS}))).toEqual({
			kind: 'contexts',
			selected: 'staging',
		});
		expect(selectedBy(choosing, 7)).toMatchObject({kind: 'chooser', chooser: {cursor: 2}});
		expect(selectedBy(events, 6, EVENTS)).toMatchObject({kind: 'overlay', selectedId: 'b'});
	});

	test('on the selected one is the key that opens it, or shows and hides the column', () => {
		expect(click(contexts, 6)).toEqual({key: 'enter'});
		expect(click(events, 5, EVENTS)).toEqual({key: 'enter'});
		expect(click(choosing, 5)).toEqual({key: 'space'});
	});

	test('finds no item on the headings, below the last one, and outside', () => {
		for (const [state, visible] of [
			[contexts, FIVE],
			[choosing, FIVE],
			[events, EVENTS],
		] as const) {
			for (const line of [3, 4, 12, 14]) {
				expect(click(state, line, visible)).toBeUndefined();
			}
		}
	});

	test('finds none where the table is', () => {
		expect(click(START, 6)).toBeUndefined();
	});

	test('finds the event that is drawn there in a list that has scrolled, and none on the line that counts the others', () => {
		const many = showing([], {
			events: () =>
				Array.from({length: 30}, (_, index) => ({id: `${index}`, name: '', row: () => undefined})),
			overlayRest: 31 - 10,
		});
		const scrolled = act(act(START, {type: 'events'}, many), {type: 'move', by: 15}, many);
		const offset = scrolled.mode.kind === 'overlay' ? scrolled.mode.offset : 0;
		expect(offset).toBeGreaterThan(0);
		expect(selectedBy(scrolled, 4, many)).toMatchObject({selectedId: `${offset - 1}`});
		expect(click(scrolled, 13, many)).toBeUndefined();
	});
});
