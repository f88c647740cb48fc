import {describe, expect, test} from 'vitest';
import {typeChooser} from '../../../source/ui/state/column-choosing.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {type ScreenState, TABLE} from '../../../source/ui/state/screen-state.ts';
import {containerRow} from '../../metrics/rows.ts';
import {FIVE, NOTHING, START, showing, stateAfter} from './states.ts';

describe('choosing columns', () => {
	const type = (...keys: readonly string[]): ScreenState =>
		keys.reduce((before, key) => typeChooser(before, key, FIVE), stateAfter([{type: 'columns'}]));

	test('saves the choice per table after every key, and removes it on reset', () => {
		expect(type('down', 'space').memory.columns).toEqual({nodes: ['name', 'memory', 'state']});
		expect(type('down', 'space', 'r').memory.columns).toEqual({});
	});

	test('starts with the saved choice, and ends with Enter', () => {
		const done = type('down', 'space', 'enter');
		expect(done.mode).toEqual(TABLE);
		expect(act(done, {type: 'columns'}, FIVE).mode).toMatchObject({
			kind: 'chooser',
			chooser: {chosen: ['name', 'memory', 'state']},
		});
	});

	test('does nothing on a page without a table', () => {
		const page = act(START, {type: 'open'}, showing([containerRow('c')]));
		expect(act(page, {type: 'columns'}, NOTHING)).toBe(page);
	});
});
