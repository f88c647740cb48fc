import {expect, test} from 'vitest';
import {commandLines} from '../../../../source/ui/state/command-line/command-lines.ts';
import {COMMANDS} from '../../../../source/ui/state/command-line/commands.ts';

test('the help contains each command with its aliases and argument', () => {
	expect(commandLines()).toHaveLength(COMMANDS.length);
	expect(commandLines()).toContainEqual([':pods|pod|po', 'the table of pods']);
	expect(commandLines()).toContainEqual([':ns a,b', expect.stringContaining('namespaces')]);
});
