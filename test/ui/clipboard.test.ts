import {expect, test} from 'vitest';
import {clipboardSequence} from '../../source/ui/clipboard.ts';

// base64 of web-0
const COPY = '\u001B]52;c;d2ViLTA=\u0007';

test.each([
	[undefined, COPY],
	['tmux', `${COPY}\u001BPtmux;\u001B${COPY}\u001B\\`],
	['screen', `\u001BP${COPY}\u001B\\`],
] as const)('a text is copied through %s', (multiplexer, sequence) => {
	expect(clipboardSequence('web-0', multiplexer)).toBe(sequence);
});
