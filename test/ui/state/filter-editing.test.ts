import {describe, expect, test} from 'vitest';
import {typeFilter} from '../../../source/ui/state/filter-editing.ts';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {type ScreenState, TABLE} from '../../../source/ui/state/screen-state.ts';
import {containerRow} from '../../metrics/rows.ts';
import {FIVE, NOTHING, showing, startingAt, stateAfter} from './states.ts';

describe('the filter', () => {
	const type = (state: ScreenState, ...keys: ReadonlyArray<readonly [string, string]>): ScreenState =>
		keys.reduce((before, [key, input]) => typeFilter(before, key, input, FIVE), state);
	const editing = stateAfter([{type: 'filter'}]);

	test('applies while it is typed, and Enter closes the prompt', () => {
		const typed = type(editing, ['w', 'w'], ['e', 'e']);
		expect(currentPage(typed).filter).toBe('we');
		const kept = type(typed, ['enter', '']);
		expect([kept.mode, currentPage(kept).filter]).toEqual([TABLE, 'we']);
	});

	test('Esc restores the filter before', () => {
		const before = startingAt('nodes', 'old');
		const dropped = type(act(before, {type: 'filter'}, FIVE), ['x', 'x'], ['esc', '']);
		expect([dropped.mode, currentPage(dropped).filter]).toEqual([TABLE, 'old']);
	});

	test('is saved on Enter, and up and down recall it', () => {
		const kept = type(editing, ['w', 'w'], ['enter', '']);
		expect(kept.memory.filters).toEqual(['w']);
		const again = type(act(startingAt('nodes'), {type: 'filter'}, FIVE), ['x', 'x']);
		const recalled = type(
			{...again, memory: {...again.memory, filters: ['new', 'old']}},
			['up', ''],
			['up', ''],
		);
		expect(currentPage(recalled).filter).toBe('old');
		expect(currentPage(type(recalled, ['up', ''])).filter).toBe('old');
		expect(currentPage(type(recalled, ['down', ''])).filter).toBe('new');
		expect(currentPage(type(recalled, ['down', ''], ['down', ''])).filter).toBe('');
	});

	test('stays in the prompt on Enter if it is invalid, and is not saved', () => {
		const wrong = {...FIVE, filterAdvice: {kind: 'wrong', message: 'no column x'}} as const;
		const typed = type(editing, ['pasted', 'x>1']);
		expect(typeFilter(typed, 'enter', '', wrong)).toBe(typed);
	});

	test('without matches is applied and saved on Enter, with a message', () => {
		const vain = {...FIVE, filterAdvice: {kind: 'vain', message: 'none of 5 rows matches zz'}} as const;
		const kept = typeFilter(type(editing, ['pasted', 'zz']), 'enter', '', vain);
		expect(kept).toMatchObject({
			mode: TABLE,
			message: 'none of 5 rows matches zz',
			memory: {filters: ['zz']},
		});
		expect(currentPage(kept).filter).toBe('zz');
	});

	test('is completed with Tab to the common prefix', () => {
		expect(currentPage(type(editing, ['s', 's'], ['tab', ''])).filter).toBe('state:');
		expect(currentPage(type(editing, ['pasted', 'state:r'], ['tab', ''])).filter).toBe('state:Running');
		expect(currentPage(type(editing, ['z', 'z'], ['tab', ''])).filter).toBe('z');
	});

	test('does nothing on a page without a table', () => {
		const page = act(startingAt('nodes'), {type: 'open'}, showing([containerRow('c')]));
		expect(act(page, {type: 'filter'}, NOTHING)).toBe(page);
	});
});
