import {expect, test} from 'vitest';
import {completeCommand} from '../../../../source/ui/state/command-line/complete-command.ts';
import {FIVE} from '../states.ts';

test.each([
	['po', 0, ['pods']],
	['  co', 2, ['containers', 'comparison', 'columns']],
	['xyz', 0, []],
	['ctx ', 4, ['dev', 'prod']],
	['ctx p', 4, ['prod']],
	['ns ', 3, ['all', 'kube-system', 'shop', 'web']],
	['ns s', 3, ['shop']],
	['ns web,sh', 7, ['shop']],
	['sort m', 5, ['memory']],
	['sort -m', 6, ['memory']],
	['window ', 7, ['5m', '15m']],
	['filter st', 7, ['state:']],
	['filter web state:R', 17, ['Running']],
	['pods ', 5, []],
	['nothing ', 8, []],
])('“%s” is completed from %i with %j', (text, start, words) => {
	expect(completeCommand(text, text.length, FIVE)).toEqual({start, words});
});

test('an empty line is completed with all commands', () => {
	expect(completeCommand('', 0, FIVE).words).toEqual(expect.arrayContaining(['nodes', 'ns', 'sort', 'quit']));
});
