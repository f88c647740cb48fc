import {type Completion, sharedBeginning} from './complete-filter.ts';
import type {PromptLine} from './prompt-line.ts';

/** A line whose word before the cursor is completed as far as all candidates agree; undefined where there is none. */
export function completed({text, cursor}: PromptLine, {start, words}: Completion): PromptLine | undefined {
	const word = sharedBeginning(words);
	const characters = [...text];
	return word === ''
		? undefined
		: {
				text: [...characters.slice(0, start), word, ...characters.slice(cursor)].join(''),
				cursor: start + [...word].length,
			};
}
