/** What a filter may be completed with. */
export type Vocabulary = {
	/** Ids of the columns of the table that is filtered. */
	readonly columns: readonly string[];
	/** Values that a column has now, for columns of words. */
	readonly valuesOf: (column: string) => readonly string[];
};

/** Words that fit what is being typed, and where that begins. */
export type Completion = {readonly start: number; readonly words: readonly string[]};

const MOST_WORDS = 20;

/** The words that the text before the cursor could become: a column with its sign, or a value of the column before it. */
export function completeFilter(text: string, cursor: number, vocabulary: Vocabulary): Completion {
	const before = [...text].slice(0, cursor).join('');
	const word = /(?:^|\s)!?(\S*)$/.exec(before)?.[1] ?? '';
	const [, column, typed] = /^([a-z%-]+):(.*)$/.exec(word) ?? [];
	if (column !== undefined && typed !== undefined) {
		const fitting = vocabulary
			.valuesOf(column)
			.filter(value => !/\s/.test(value) && value.toLowerCase().startsWith(typed.toLowerCase()));
		return {start: cursor - [...typed].length, words: unique(fitting).slice(0, MOST_WORDS)};
	}

	const fitting = word === '' ? [] : vocabulary.columns.filter(id => id.startsWith(word));
	return {
		start: cursor - [...word].length,
		words: fitting.slice(0, MOST_WORDS).map(id => `${id}:`),
	};
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
