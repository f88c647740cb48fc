import {describe, expect, test} from 'vitest';
import {typeChooser} from '../../../source/ui/state/column-choosing.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {type ScreenState, TABLE} from '../../../source/ui/state/screen-state.ts';
import {containerRow} from '../../metrics/rows.ts';
import {FIVE, NOTHING, START, showing, stateAfter} from './states.ts';

describe('the choice of columns', () => {
	const type = (...keys: readonly string[]): ScreenState =>
		keys.reduce((before, key) => typeChooser(before, key, FIVE), stateAfter([{type: 'columns'}]));

	test('is remembered for its level with every key, and forgotten with the usual columns', () => {
		expect(type('down', 'space').memory.columns).toEqual({nodes: ['name', 'memory', 'state']});
		expect(type('down', 'space', 'r').memory.columns).toEqual({});
	});

	test('begins with what was chosen before, and ends with Enter', () => {
		const done = type('down', 'space', 'enter');
		expect(done.mode).toEqual(TABLE);
		expect(act(done, {type: 'columns'}, FIVE).mode).toMatchObject({
			kind: 'chooser',
			chooser: {chosen: ['name', 'memory', 'state']},
		});
	});

	test('is not there on a page without a table', () => {
		const page = act(START, {type: 'open'}, showing([containerRow('c')]));
		expect(act(page, {type: 'columns'}, NOTHING)).toBe(page);
	});
});
