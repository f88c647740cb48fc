import {expect, test} from 'vitest';
import {startCommand} from '../../../source/ui/state/command-line/command-editing.ts';
import {currentPage} from '../../../source/ui/state/page.ts';
import {paste} from '../../../source/ui/state/pasting.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {FIVE, START} from './states.ts';

test('pasted text is inserted into the open prompt as one line', () => {
	const filtered = paste(act(START, {type: 'filter'}, FIVE), 'we\nb', FIVE);
	expect(currentPage(filtered).filter).toBe('we b');
	expect(paste(startCommand(START, ''), 'ns\tshop', FIVE).mode).toMatchObject({line: {text: 'ns shop'}});
});

test('pasted text outside of a prompt presses no keys', () => {
	expect(paste(START, 'jjq', FIVE)).toEqual({
		...START,
		message: expect.stringContaining('open the filter with /'),
	});
});
