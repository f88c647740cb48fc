import {describe, expect, test} from 'vitest';
import {act} from '../../../source/ui/state/reduce.ts';
import {type Mode, TABLE} from '../../../source/ui/state/screen-state.ts';
import {nodeRow} from '../../metrics/rows.ts';
import {DOWN, FIVE, selected, showing, stateAfter} from './states.ts';

const over = (overlay: 'help' | 'explain', offset = 0): Mode => ({kind: 'overlay', overlay, offset});

describe('an overlay', () => {
	test('is toggled by its key, scrolled if it does not fit, and closed by any other key', () => {
		const help = stateAfter([{type: 'help'}]);
		expect(help.mode).toEqual(over('help'));
		expect(act(help, {type: 'help'}, FIVE).mode).toEqual(TABLE);
		expect(act(help, {type: 'explain'}, FIVE).mode).toEqual(over('explain'));
		expect(act(help, DOWN, {...FIVE, overlayRest: 5}).mode).toEqual(over('help', 1));
		const closed = act(help, DOWN, FIVE);
		expect([closed.mode, selected(closed)]).toEqual([TABLE, 0]);
	});

	test('scrolls by pages and to both ends', () => {
		const long = {...FIVE, overlayRest: 9};
		const help = stateAfter([{type: 'help'}]);
		expect(stateAfter([{type: 'page', by: 1}], long, help).mode).toEqual(over('help', 2));
		expect(stateAfter([{type: 'last'}, DOWN], long, help).mode).toEqual(over('help', 9));
		expect(stateAfter([{type: 'last'}, {type: 'first'}], long, help).mode).toEqual(over('help'));
	});
});

describe('the list of events', () => {
	const events = ['a', 'b', 'c', 'd', 'e'].map(name => ({
		id: name,
		name: `node-${name}`,
		row: () => (name === 'c' ? undefined : nodeRow(name)),
	}));
	/** Three of the six lines are on the screen. */
	const listing = showing([], {events: () => events, overlayRest: 3});
	const opened = stateAfter([{type: 'events'}], listing);
	const pressing = (...actions: Parameters<typeof stateAfter>[0]) => stateAfter(actions, listing, opened);

	test('opens the page of what the selected event is about', () => {
		const {mode, pages} = pressing(DOWN, {type: 'open'});
		expect([mode, pages.at(-1)?.subject?.name]).toEqual([TABLE, 'b']);
		expect(stateAfter([{type: 'back'}], listing, {...opened, mode, pages}).pages).toHaveLength(1);
	});

	test('stays open and says so where that is gone', () => {
		const gone = pressing(DOWN, DOWN, {type: 'open'});
		expect([gone.mode.kind, gone.pages.length, gone.message]).toEqual([
			'overlay',
			1,
			'node-c is no longer there',
		]);
	});

	test('scrolls with the selection, which follows its event', () => {
		expect(pressing({type: 'last'}).mode).toMatchObject({selectedId: 'e', offset: 4});
		expect(pressing({type: 'last'}, {type: 'first'}).mode).toMatchObject({selectedId: 'a', offset: 0});
		const newer = {
			...listing,
			events: () => [{...events[4], id: 'new', name: 'n', row: () => undefined}, ...events],
		};
		expect(stateAfter([{type: 'open'}], newer, pressing(DOWN)).pages.at(-1)?.subject?.name).toBe('b');
	});

	test('is closed by other keys, and by Enter where there is none', () => {
		expect(pressing({type: 'back'}).mode).toEqual(TABLE);
		expect(stateAfter([{type: 'open'}], FIVE, stateAfter([{type: 'events'}])).mode).toEqual(TABLE);
	});
});
