import {ShortTurns} from '../../../http/short-turns.ts';
import type {MomentEntry, MomentRequest, PastValue} from '../../store/history-request.ts';
import {subjectKey} from '../../store/history-request.ts';
import {isPlausible} from '../../store/plausible.ts';
import {MAX_SUBJECTS} from '../../store/query-bounds.ts';
import type {InfluxdbSeries} from '../query-result.ts';
import {influxqlIdentifier} from '../quote.ts';
import {
	conditionText,
	identityTags,
	measurementText,
	oneOf,
	plausibility,
	subjectOfTags,
} from './conditions.ts';
import type {Field, InfluxdbSchema, KindSchema} from './schemas/schema.ts';

/** One statement and the meaning of its values. */
export type MomentStatement = {
	readonly text: string;
	/** The same without values that cannot be, which takes twice as long; undefined if `text` is that already. */
	readonly carefulText: string | undefined;
	readonly name: PastValue;
	readonly field: Field;
	readonly place: KindSchema;
};

/** Step for rates of counters. The slowest writers write once in this time. */
const RATE_STEP_MS = 60_000;

/**
 * One statement for each value of a kind at one moment. If the writer stores a value only for containers, pods are
 * queried from there, and `momentEntries` sums them.
 */
export function momentStatements(request: MomentRequest, schema: InfluxdbSchema): readonly MomentStatement[] {
	const {table} = schema;
	const own = statementsOf(request, schema, table[request.kind], new Set());
	return request.kind === 'pod'
		? [...own, ...statementsOf(request, schema, table.container, new Set(own.map(({name}) => name)))]
		: own;
}

function statementsOf(
	{atMs, lookBackMs, nodes = [], values}: MomentRequest,
	schema: InfluxdbSchema,
	place: KindSchema,
	without: ReadonlySet<string>,
): readonly MomentStatement[] {
	const entries = Object.entries(place.fields) as ReadonlyArray<readonly [PastValue, Field]>;
	return entries.flatMap(([name, field]) => {
		if (without.has(name) || values?.includes(name) === false) {
			return [];
		}

		const isCounter = field.isCounter === true;
		const quoted = influxqlIdentifier(field.field);
		const value = isCounter ? `NON_NEGATIVE_DERIVATIVE(MAX(${quoted}), 1s)` : `LAST(${quoted})`;
		const fromMs = atMs - lookBackMs - (isCounter ? 2 * RATE_STEP_MS : 0);
		const impossible = plausibility(name, field);
		const where = (conditions: readonly string[]): string =>
			[
				...place.conditions.map(conditionText),
				...(nodes.length > 0 && nodes.length <= MAX_SUBJECTS && place.tags.node !== undefined
					? oneOf(
							nodes.map(node => ({kind: 'node', name: node})),
							place.tags,
						)
					: []),
				...conditions,
				`time > ${fromMs}ms`,
				`time <= ${atMs}ms`,
			].join(' AND ');
		const groups = [
			...(isCounter ? [`time(${RATE_STEP_MS}ms)`] : []),
			...Object.values(place.tags).map(influxqlIdentifier),
		].join(', ');
		const text = (conditions: readonly string[]): string =>
			`SELECT ${value} AS "value" FROM ${measurementText(field.measurement, schema)} WHERE ${where(conditions)} GROUP BY ${groups}${isCounter ? ' fill(none)' : ''}`;
		const careful = text(impossible);
		// A derivative of what cannot be is as wrong as that; zeros that mean unknown are usual where there are any.
		const isCareful = isCounter || field.isZeroUnknown === true || impossible.length === 0;
		const carefulText = isCareful ? undefined : careful;
		return [{text: isCareful ? careful : text([]), carefulText, name, field, place}];
	});
}

/** Whether a series has a newest value that cannot be, behind which there may be one that can. */
export function hasImplausible({name, field}: MomentStatement, answer: readonly InfluxdbSeries[]): boolean {
	return answer.some(({values}) =>
		values.some(([, value]) => typeof value === 'number' && !isPlausible(name, value / field.divisor)),
	);
}

type Gathered = {
	subject: MomentEntry['subject'];
	node: string | undefined;
	timeMs: number;
	values: Partial<Record<PastValue, number>>;
};

/** Merges the answers (in the order of the statements) into one entry per subject, in short turns of the event loop. */
export async function momentEntries(
	{kind, atMs}: MomentRequest,
	statements: readonly MomentStatement[],
	answers: ReadonlyArray<readonly InfluxdbSeries[]>,
): Promise<readonly MomentEntry[]> {
	const turns = new ShortTurns();
	const entries = new Map<string, Gathered>();
	for (const [index, {name, field, place}] of statements.entries()) {
		// Containers of a pod are summed. A pod that moved has a series per node, of which the newest counts.
		const isSum = kind === 'pod' && identityTags('container', place.tags) !== undefined;
		const seenMs = new Map<string, number>();
		for (const {tags, values} of answers[index] ?? []) {
			await turns.rest();
			const subject = subjectOfTags(kind, place.tags, tags);
			const newest = values.findLast(([time, value]) => Number.isFinite(time) && typeof value === 'number');
			const [time, stored] = newest ?? [];
			if (subject === undefined || typeof time !== 'number' || typeof stored !== 'number') {
				continue;
			}

			const value = stored / field.divisor;
			const timeMs = field.isCounter === true ? Math.min(time + RATE_STEP_MS, atMs) : time;
			const key = subjectKey(subject);
			const before = seenMs.get(key);
			if (!isPlausible(name, value) || (before !== undefined && !isSum && timeMs <= before)) {
				continue;
			}

			seenMs.set(key, Math.max(timeMs, before ?? 0));
			const entry = entries.get(key) ?? {subject, node: undefined, timeMs: 0, values: {}};
			entries.set(key, entry);
			entry.values[name] = isSum ? (entry.values[name] ?? 0) + value : value;
			if (timeMs >= entry.timeMs) {
				entry.timeMs = timeMs;
				entry.node = tags[place.tags.node ?? ''] || entry.node;
			}
		}
	}

	return [...entries.values()];
}
