import {commonPrefix, type WordCompletion} from './complete-filter.ts';
import type {PromptLine} from './prompt-line.ts';

/** Completes the word before the cursor to the common prefix of all candidates; undefined if there are none. */
export function withCompletion(
	{text, cursor}: PromptLine,
	{start, words}: WordCompletion,
): PromptLine | undefined {
	const word = commonPrefix(words);
	const characters = [...text];
	return word === ''
		? undefined
		: {
				text: [...characters.slice(0, start), word, ...characters.slice(cursor)].join(''),
				cursor: start + [...word].length,
			};
}
