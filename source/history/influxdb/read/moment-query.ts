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
	{atMs, lookBackMs, nodes = []}: MomentRequest,
	schema: InfluxdbSchema,
	place: KindSchema,
	without: ReadonlySet<string>,
): readonly MomentStatement[] {
	const entries = Object.entries(place.fields) as ReadonlyArray<readonly [PastValue, Field]>;
	return entries.flatMap(([name, field]) => {
		if (without.has(name)) {
			return [];
		}

		const isCounter = field.isCounter === true;
		const quoted = influxqlIdentifier(field.field);
		const value = isCounter ? `NON_NEGATIVE_DERIVATIVE(MAX(${quoted}), 1s)` : `LAST(${quoted})`;
		const fromMs = atMs - lookBackMs - (isCounter ? 2 * RATE_STEP_MS : 0);
		const where = [
			...place.conditions.map(conditionText),
			...(nodes.length > 0 && nodes.length <= MAX_SUBJECTS && place.tags.node !== undefined
				? oneOf(
						nodes.map(node => ({kind: 'node', name: node})),
						place.tags,
					)
				: []),
			...plausibility(name, field),
			`time > ${fromMs}ms`,
			`time <= ${atMs}ms`,
		].join(' AND ');
		const groups = [
			...(isCounter ? [`time(${RATE_STEP_MS}ms)`] : []),
			...Object.values(place.tags).map(influxqlIdentifier),
		].join(', ');
		const text = `SELECT ${value} AS "value" FROM ${measurementText(field.measurement, schema)} WHERE ${where} GROUP BY ${groups}${isCounter ? ' fill(none)' : ''}`;
		return [{text, name, field, place}];
	});
}

type Gathered = {
	subject: MomentEntry['subject'];
	node: string | undefined;
	timeMs: number;
	values: Partial<Record<PastValue, number>>;
};

/** Merges the answers (in the order of the statements) into one entry per subject. */
export function momentEntries(
	{kind, atMs}: MomentRequest,
	statements: readonly MomentStatement[],
	answers: ReadonlyArray<readonly InfluxdbSeries[]>,
): readonly MomentEntry[] {
	const entries = new Map<string, Gathered>();
	for (const [index, {name, field, place}] of statements.entries()) {
		// Containers of a pod are summed. A pod that moved has a series per node, of which the newest counts.
		const isSum = kind === 'pod' && identityTags('container', place.tags) !== undefined;
		const seenMs = new Map<string, number>();
		for (const {tags, values} of answers[index] ?? []) {
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
