import {currentId} from '../columns/former-ids.ts';
import {type Column, isText} from '../model/column.ts';
import {labelsOf} from '../model/labels.ts';
import type {Row} from '../model/row.ts';
import {nearest} from './did-you-mean.ts';
import {parsePattern} from './pattern/pattern.ts';
import type {TextTest} from './text-verdicts.ts';

/** A predicate of rows, or the error in the text. */
export type Filter<R extends Row> =
	| {
			readonly kind: 'ok';
			/** All terms of one of these must hold; none holds for every row. */
			readonly alternatives: ReadonlyArray<ReadonlyArray<Term<R>>>;
			readonly test: Test<R>;
			/** Whether a row may pass at one time and not at another, without having changed. */
			readonly isTimed: boolean;
	  }
	| {readonly kind: 'problem'; readonly problem: string};

type Test<R extends Row> = (row: R, nowMs: number) => boolean;

/** One word of a filter. */
export type Term<R extends Row> = {
	/** As it was typed. */
	readonly text: string;
	readonly test: Test<R>;
	/** The word and its column, if the filter is one plain word in lower case: a longer word matches fewer rows. */
	readonly plain?: {readonly place: string; readonly word: string};
	/** What the text of one of some columns must have, if the term is about nothing else. */
	readonly texts?: TextTest & {readonly columns: ReadonlyArray<Column<R>>};
	/** What the number of a column must be, if the term is about nothing else. */
	readonly number?: {readonly column: Column<R>; readonly isIn: (value: number) => boolean};
	/** Whether rows pass for which that is not so. */
	readonly isNegated?: boolean;
	/** Whether it is about a time that passes. */
	readonly isTimed?: boolean;
	/** Makes what `test` asks of a row ready as long as there is time; returns whether it is. Left out where it is always. */
	readonly advance?: Column<R>['advance'];
};

/** A term, or its error. */
type Parsed<R extends Row> = Omit<Term<R>, 'text'> | {readonly problem: string};

/** Ids and headings have no other digits, so that `db2:5432` is a text. */
const COMPARISON = /^([a-z](?:[a-z%-]|95)*)(>=|<=|!=|>|<|=)(.*)$/i;
const FIELD = /^([a-z](?:[a-z%-]|95)*):(.*)$/i;

/** Powers of the suffixes that Kubernetes quantities use; `%` turns into a ratio, `s`, `h`, `d` into milliseconds. */
const FACTORS: Readonly<Record<string, number>> = {
	'': 1,
	n: 1e-9,
	u: 1e-6,
	m: 1e-3,
	k: 1e3,
	K: 1e3,
	M: 1e6,
	G: 1e9,
	T: 1e12,
	Ki: 2 ** 10,
	Mi: 2 ** 20,
	Gi: 2 ** 30,
	Ti: 2 ** 40,
	'%': 0.01,
};

const DURATIONS: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};

/** Stands between alternatives, as `|` does within a word. */
const OR = '|';

/**
 * Reads a filter: words that must all be found in some text column, case aside; `db|web` is one of both, and a word such
 * as `^db-\d+$` is a regular expression; `!` before a term means not; `column:word` looks in one column;
 * `column>number` compares it (`cpu>500m`, `memory>=2Gi`, `cpu%>80%`, `age<1h`, `status!=Running`); `label:app=web|api`
 * wants a label of one of these values, `label:app` a label of any. A `|` between terms parts alternatives of which one
 * must hold. An unknown value passes no comparison.
 */
export function parseFilter<R extends Row>(text: string, columns: ReadonlyArray<Column<R>>): Filter<R> {
	const alternatives: Array<Array<Term<R>>> = [[]];
	for (const word of text.split(/\s+/).filter(part => part !== '' && part !== '!')) {
		if (word === OR) {
			alternatives.push([]);
			continue;
		}

		const isNegated = word.startsWith('!');
		const parsed = parseTerm(isNegated ? word.slice(1) : word, columns);
		if ('problem' in parsed) {
			return {kind: 'problem', problem: parsed.problem};
		}

		alternatives.at(-1)?.push(isNegated ? negated(word, parsed) : {text: word, ...parsed});
	}

	// An alternative without a term is not typed yet.
	const typed = alternatives.filter(terms => terms.length > 0);
	const [only = []] = typed;
	return {
		kind: 'ok',
		alternatives: typed,
		isTimed: typed.some(terms => terms.some(({isTimed}) => isTimed)),
		test:
			typed.length < 2
				? (row, nowMs) => only.every(({test}) => test(row, nowMs))
				: (row, nowMs) => typed.some(terms => terms.every(({test}) => test(row, nowMs))),
	};
}

/** A longer word is not in more rows than a shorter one, but is missing in more: so nothing is `plain`. */
function negated<R extends Row>(
	text: string,
	{plain: _, test, ...parsed}: Exclude<Parsed<R>, {readonly problem: string}>,
): Term<R> {
	return {...parsed, text, isNegated: true, test: (row, nowMs) => !test(row, nowMs)};
}

function parseTerm<R extends Row>(word: string, columns: ReadonlyArray<Column<R>>): Parsed<R> {
	const field = FIELD.exec(word);
	const comparison = field === null ? COMPARISON.exec(word) : null;
	if (field?.[1]?.toLowerCase() === 'label') {
		return hasLabel(field[2] ?? '');
	}

	if (field !== null) {
		const column = find(field[1], columns);
		return column === undefined
			? unknownColumn(field[1], columns)
			: contains([column], field[2] ?? '', column.id);
	}

	if (comparison !== null) {
		const [, id, operator, operand] = comparison;
		const column = find(id, columns);
		if (column === undefined) {
			return unknownColumn(id, columns);
		}

		return operand === ''
			? {
					problem: `${word} compares with nothing: write for example ${column.id}${operator}${exampleOf(column)}`,
				}
			: compare(column, operator ?? '', operand ?? '');
	}

	return contains(
		columns.filter(({unit}) => isText(unit)),
		word,
		'',
	);
}

function find<R extends Row>(
	id: string | undefined,
	columns: ReadonlyArray<Column<R>>,
): Column<R> | undefined {
	const wanted = currentId(id?.toLowerCase() ?? '');
	return columns.find(column => column.id === wanted || column.heading.toLowerCase() === wanted);
}

function unknownColumn<R extends Row>(
	id: string | undefined,
	columns: ReadonlyArray<Column<R>>,
): {readonly problem: string} {
	const ids = columns.map(column => column.id);
	const meant = nearest(id ?? '', ids);
	const question = meant === undefined ? '' : ` did you mean ${meant}?`;
	return {problem: `no column ${id}:${question} use one of ${ids.join(', ')}, or label:NAME=VALUE`};
}

/** Looks for a pattern in any of some columns, which `place` names. */
function contains<R extends Row>(columns: ReadonlyArray<Column<R>>, text: string, place: string): Parsed<R> {
	const pattern = parsePattern(text);
	if ('problem' in pattern) {
		return {problem: `${text}: ${pattern.problem}`};
	}

	const {isIn, words} = pattern;
	// Rows that follow each other mostly say the same: those of one node come together, and those of one pod.
	const lastTexts: string[] = columns.map(() => '');
	const wasIn: boolean[] = columns.map(() => isIn(''));
	const test: Test<R> = (row, nowMs) => {
		for (let place = 0; place < columns.length; place++) {
			const value = columns[place]?.value(row, nowMs);
			if (value === undefined) {
				continue;
			}

			const text = String(value);
			if (text !== lastTexts[place]) {
				lastTexts[place] = text;
				wasIn[place] = isIn(text);
			}

			if (wasIn[place] === true) {
				return true;
			}
		}

		return false;
	};
	const isTimed = columns.some(isTimedColumn);
	const [word] = words ?? [];
	return {
		test,
		isTimed,
		...(word !== undefined && words?.length === 1 ? {plain: {place, word}} : {}),
		...(columns.every(({unit}) => isText(unit)) ? {texts: {columns, isIn, words}} : {}),
	};
}

/** The alternatives of a text that is compared as a whole. */
function alternativesOf(text: string): readonly string[] {
	const all = text.split(OR);
	return all.length === 1 ? all : all.filter(value => value !== '');
}

function hasLabel<R extends Row>(label: string): Parsed<R> {
	const [name = '', ...rest] = label.split('=');
	const values = rest.length === 0 ? undefined : alternativesOf(rest.join('='));
	return {
		test: row => {
			const actual = labelsOf(row)?.[name];
			return actual !== undefined && (values === undefined || values.includes(actual));
		},
	};
}

function compare<R extends Row>(column: Column<R>, operator: string, operand: string): Parsed<R> {
	if (isText(column.unit)) {
		return compareText(column, operator, operand);
	}

	const number = parseNumber(operand, column.unit === 'durationMs');
	// In a column of shares 80 means 80 %, and 0.8 the same.
	const isPercent = column.unit === 'ratio' && number !== undefined && number > 1 && !operand.endsWith('%');
	const limit = isPercent ? number / 100 : number;
	if (limit === undefined) {
		return {
			problem: `${operand} is no number: write for example ${column.id}${operator}${exampleOf(column)}`,
		};
	}

	const isTimed = isTimedColumn(column);
	const isIn = (value: number): boolean => isInOrder(value, operator, limit);
	return {
		isTimed,
		test: (row, nowMs) => {
			const value = column.value(row, nowMs);
			return typeof value === 'number' && isIn(value);
		},
		...(isTimed ? {advance: column.advance} : {number: {column, isIn}}),
	};
}

/** Whether values change without a new sample. */
function isTimedColumn({unit, ofWindow}: Pick<Column, 'unit' | 'ofWindow'>): boolean {
	return unit === 'durationMs' || ofWindow !== undefined;
}

/** Whether a text as a whole is one of some, case aside. */
function compareText<R extends Row>(column: Column<R>, operator: string, operand: string): Parsed<R> {
	if (operator !== '=' && operator !== '!=') {
		return {problem: `${column.id} is text: use ${column.id}:${operand} instead of ${operator}`};
	}

	const wanted = alternativesOf(operand.toLowerCase());
	const isIn = (text: string): boolean => wanted.includes(text.toLowerCase()) === (operator === '=');
	return {
		test: (row, nowMs) => {
			const value = column.value(row, nowMs);
			return value !== undefined && isIn(String(value));
		},
		texts: {columns: [column], isIn},
	};
}

const EXAMPLES = {
	cores: '500m',
	bytes: '2Gi',
	bytesPerSecond: '10M',
	perSecond: '1',
	ratio: '80%',
	count: '10',
	durationMs: '1h',
} as const;

function exampleOf({unit}: Pick<Column, 'unit'>): string {
	return isText(unit) ? 'TEXT' : EXAMPLES[unit];
}

function parseNumber(text: string, isDuration: boolean): number | undefined {
	const match = /^(\d+(?:\.\d+)?|\.\d+)([a-zA-Z%]*)$/.exec(text);
	const suffix = match?.[2] ?? '';
	const factor = isDuration ? DURATIONS[suffix === '' ? 's' : suffix] : FACTORS[suffix];
	return match === null || factor === undefined ? undefined : Number(match[1]) * factor;
}

function isInOrder(value: number, operator: string, limit: number): boolean {
	switch (operator) {
		case '>':
			return value > limit;
		case '>=':
			return value >= limit;
		case '<':
			return value < limit;
		case '<=':
			return value <= limit;
		case '!=':
			return value !== limit;
		default:
			return value === limit;
	}
}
