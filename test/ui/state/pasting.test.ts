import {expect, test} from 'vitest';
import {startCommand} from '../../../source/ui/state/command-line/command-editing.ts';
import {currentPage} from '../../../source/ui/state/page.ts';
import {paste} from '../../../source/ui/state/pasting.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {FIVE, START} from './states.ts';

test('pasted text goes into the prompt that is open, as one line', () => {
	const filtered = paste(act(START, {type: 'filter'}, FIVE), 'we\nb', FIVE);
	expect(currentPage(filtered).filter).toBe('we b');
	expect(paste(startCommand(START, ''), 'ns\tshop', FIVE).mode).toMatchObject({line: {text: 'ns shop'}});
});

test('elsewhere it presses no keys', () => {
	expect(paste(START, 'jjq', FIVE)).toEqual({...START, message: expect.stringContaining('/ opens it')});
});
