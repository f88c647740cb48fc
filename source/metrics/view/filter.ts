import {type Column, isText} from '../model/column.ts';
import {labelsOf} from '../model/labels.ts';
import type {Row} from '../model/row.ts';
import {nearest} from './did-you-mean.ts';

/** Whether a row passes, or what is wrong with the text. */
export type Filter<R extends Row> =
	| {readonly kind: 'ok'; readonly test: (row: R, nowMs: number) => boolean}
	| {readonly kind: 'problem'; readonly problem: string};

type Term<R extends Row> = (row: R, nowMs: number) => boolean;

const COMPARISON = /^([a-z][a-z%-]*)(>=|<=|>|<|=)(.+)$/i;
const FIELD = /^([a-z][a-z%-]*):(.*)$/i;

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

/**
 * Reads a filter: words that must all be found in some text column, case aside; `!` before a term means not;
 * `column:text` looks in one column; `column>number` compares it (`cpu>500m`, `memory>=2Gi`, `cpu%>80%`, `age<1h`);
 * `label:app=web` wants a label of that value, `label:app` a label of any.
 * An unknown value passes no comparison.
 */
export function parseFilter<R extends Row>(text: string, columns: ReadonlyArray<Column<R>>): Filter<R> {
	const terms: Array<Term<R>> = [];
	for (const word of text.split(/\s+/).filter(part => part !== '' && part !== '!')) {
		const isNegated = word.startsWith('!');
		const term = parseTerm(isNegated ? word.slice(1) : word, columns);
		if (typeof term === 'string') {
			return {kind: 'problem', problem: term};
		}

		terms.push(isNegated ? (row, nowMs) => !term(row, nowMs) : term);
	}

	return {kind: 'ok', test: (row, nowMs) => terms.every(term => term(row, nowMs))};
}

function parseTerm<R extends Row>(word: string, columns: ReadonlyArray<Column<R>>): Term<R> | string {
	const field = FIELD.exec(word);
	const comparison = field === null ? COMPARISON.exec(word) : null;
	if (field?.[1]?.toLowerCase() === 'label') {
		return hasLabel(field[2] ?? '');
	}

	if (field !== null) {
		const column = find(field[1], columns);
		return column === undefined ? unknownColumn(field[1], columns) : contains([column], field[2] ?? '');
	}

	if (comparison !== null) {
		const [, id, operator, operand] = comparison;
		const column = find(id, columns);
		return column === undefined ? unknownColumn(id, columns) : compare(column, operator ?? '', operand ?? '');
	}

	return contains(
		columns.filter(({unit}) => isText(unit)),
		word,
	);
}

function find<R extends Row>(
	id: string | undefined,
	columns: ReadonlyArray<Column<R>>,
): Column<R> | undefined {
	const wanted = id?.toLowerCase();
	return columns.find(column => column.id === wanted || column.heading.toLowerCase() === wanted);
}

function unknownColumn<R extends Row>(id: string | undefined, columns: ReadonlyArray<Column<R>>): string {
	const ids = columns.map(column => column.id);
	const meant = nearest(id ?? '', ids);
	const question = meant === undefined ? '' : ` did you mean ${meant}?`;
	return `no column ${id}:${question} use one of ${ids.join(', ')}, or label:NAME=VALUE`;
}

function contains<R extends Row>(columns: ReadonlyArray<Column<R>>, part: string): Term<R> {
	const wanted = part.toLowerCase();
	return (row, nowMs) =>
		columns.some(column => {
			const value = column.value(row, nowMs);
			return value !== undefined && String(value).toLowerCase().includes(wanted);
		});
}

function hasLabel<R extends Row>(label: string): Term<R> {
	const [name = '', ...rest] = label.split('=');
	const value = rest.length === 0 ? undefined : rest.join('=');
	return row => {
		const actual = labelsOf(row)?.[name];
		return actual !== undefined && (value === undefined || actual === value);
	};
}

function compare<R extends Row>(column: Column<R>, operator: string, operand: string): Term<R> | string {
	if (isText(column.unit)) {
		return operator === '='
			? (row, nowMs) => String(column.value(row, nowMs) ?? '').toLowerCase() === operand.toLowerCase()
			: `${column.id} is text: use ${column.id}:${operand} instead of ${operator}`;
	}

	const number = parseNumber(operand, column.unit === 'durationMs');
	// In a column of shares 80 means 80 %, and 0.8 the same.
	const isPercent = column.unit === 'ratio' && number !== undefined && number > 1 && !operand.endsWith('%');
	const limit = isPercent ? number / 100 : number;
	if (limit === undefined) {
		return `${operand} is no number: write for example ${column.id}${operator}${EXAMPLES[column.unit]}`;
	}

	return (row, nowMs) => {
		const value = column.value(row, nowMs);
		return typeof value === 'number' && isInOrder(value, operator, limit);
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
		default:
			return value === limit;
	}
}
