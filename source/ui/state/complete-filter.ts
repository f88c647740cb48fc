/** The words that can complete a filter. */
export type Vocabulary = {
	/** The columns of the table: numbers are completed as `cpu>`, texts as `node:`. */
	readonly columns: ReadonlyArray<{readonly id: string; readonly isNumber: boolean}>;
	/** The current values of a text column. */
	readonly valuesOf: (column: string) => readonly string[];
	/** The current labels of the rows, as `name=value`. */
	readonly labels: () => readonly string[];
};

/** The candidates for a word, and the index where the word starts. */
export type WordCompletion = {readonly start: number; readonly words: readonly string[]};

const MAX_WORDS = 20;

/**
 * The candidates for the word before the cursor: columns with their operator, values of the column before it, or the
 * name of a label and then its values.
 */
export function completeFilter(text: string, cursor: number, vocabulary: Vocabulary): WordCompletion {
	const before = [...text].slice(0, cursor).join('');
	const word = /(?:^|\s)!?(\S*)$/.exec(before)?.[1] ?? '';
	const [, column, typed] = /^([a-z%-]+):(.*)$/.exec(word) ?? [];
	if (column !== undefined && typed !== undefined) {
		const values = column === 'label' ? labelWords(vocabulary.labels(), typed) : vocabulary.valuesOf(column);
		const fitting = values.filter(
			value => /^[^\s\p{C}]*$/u.test(value) && value.toLowerCase().startsWith(typed.toLowerCase()),
		);
		return {start: cursor - [...typed].length, words: unique(fitting).slice(0, MAX_WORDS)};
	}

	const all = [...vocabulary.columns.map(({id, isNumber}) => `${id}${isNumber ? '>' : ':'}`), 'label:'];
	return {
		start: cursor - [...word].length,
		words: word === '' ? [] : all.filter(known => known.startsWith(word)).slice(0, MAX_WORDS),
	};
}

/** Names of labels, until a name is complete; then labels with their values. */
function labelWords(labels: readonly string[], typed: string): readonly string[] {
	return typed.includes('=') ? labels : labels.map(label => label.slice(0, label.indexOf('=') + 1));
}

/** The longest common prefix of all words. */
export function commonPrefix(words: readonly string[]): string {
	const [first = '', ...rest] = words;
	let {length} = first;
	for (const word of rest) {
		while (!word.startsWith(first.slice(0, length))) {
			length--;
		}
	}

	return first.slice(0, length);
}

function unique(values: readonly string[]): readonly string[] {
	return [...new Set(values)].sort();
}
