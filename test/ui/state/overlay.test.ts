import {describe, expect, test} from 'vitest';
import {act} from '../../../source/ui/state/reduce.ts';
import {type Mode, TABLE} from '../../../source/ui/state/screen-state.ts';
import {DOWN, FIVE, selected, stateAfter} from './states.ts';

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
