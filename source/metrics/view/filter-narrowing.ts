import type {Row} from '../model/row.ts';
import type {Filter, Term} from './filter.ts';

/**
 * Whether every row that passes `after` passes `before` too, judged by their words: then the rows that passed
 * `before` are enough to look among. A longer text is not always narrower: `db|web` lets more pass than `db`, `!web` more
 * than `!we`, and `cpu<10` more than `cpu<1`.
 */
export function narrows<R extends Row>(before: Filter<R>, after: Filter<R>): boolean {
	if (before.kind === 'problem' || after.kind === 'problem') {
		// A filter that is wrong hides nothing.
		return before.kind === 'problem';
	}

	const [wide = []] = before.alternatives;
	return (
		before.alternatives.length < 2 &&
		(wide.length === 0 || after.alternatives.length > 0) &&
		after.alternatives.every(terms => wide.every(term => terms.some(other => implies(other, term))))
	);
}

/** Whether what a term holds for, another holds for as well. */
function implies<R extends Row>(narrow: Term<R>, wide: Term<R>): boolean {
	return (
		narrow.text === wide.text ||
		(narrow.plain !== undefined &&
			wide.plain !== undefined &&
			narrow.plain.place === wide.plain.place &&
			narrow.plain.word.includes(wide.plain.word))
	);
}
