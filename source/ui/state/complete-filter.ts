/** What a filter may be completed with. */
export type Vocabulary = {
	/** Columns of the table that is filtered; numbers are compared, words looked into. */
	readonly columns: ReadonlyArray<{readonly id: string; readonly isNumber: boolean}>;
	/** Values that a column has now, for columns of words. */
	readonly valuesOf: (column: string) => readonly string[];
	/** Labels that rows have now, as `name=value`. */
	readonly labels: () => readonly string[];
};

/** Words that fit what is being typed, and where that begins. */
export type Completion = {readonly start: number; readonly words: readonly string[]};

const MOST_WORDS = 20;

/**
 * The words that the text before the cursor could become: a column with its sign, a value of the column before it, or a
 * label's name and then its value.
 */
export function completeFilter(text: string, cursor: number, vocabulary: Vocabulary): Completion {
	const before = [...text].slice(0, cursor).join('');
	const word = /(?:^|\s)!?(\S*)$/.exec(before)?.[1] ?? '';
	const [, column, typed] = /^([a-z%-]+):(.*)$/.exec(word) ?? [];
	if (column !== undefined && typed !== undefined) {
		const values = column === 'label' ? labelWords(vocabulary.labels(), typed) : vocabulary.valuesOf(column);
		const fitting = values.filter(
			value => /^[^\s\p{C}]*$/u.test(value) && value.toLowerCase().startsWith(typed.toLowerCase()),
		);
		return {start: cursor - [...typed].length, words: unique(fitting).slice(0, MOST_WORDS)};
	}

	const all = [...vocabulary.columns.map(({id, isNumber}) => `${id}${isNumber ? '>' : ':'}`), 'label:'];
	return {
		start: cursor - [...word].length,
		words: word === '' ? [] : all.filter(known => known.startsWith(word)).slice(0, MOST_WORDS),
	};
}

/** Names first, and the values of one once it is there. */
function labelWords(labels: readonly string[], typed: string): readonly string[] {
	return typed.includes('=') ? labels : labels.map(label => label.slice(0, label.indexOf('=') + 1));
}

/** The longest beginning that all words share. */
export function sharedBeginning(words: readonly string[]): string {
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
