import type {HistoryPoint, SeriesRequest, SubjectKind} from '../../store/history-request.ts';
import {subjectKey} from '../../store/history-request.ts';
import {isPlausible} from '../../store/plausible.ts';
import {boundedRange, MAX_SUBJECTS} from '../../store/query-bounds.ts';
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
import type {Field, InfluxdbSchema, KindSchema, SchemaTable} from './schemas/schema.ts';

type Leaf = {readonly kind: 'node' | 'pod' | 'container'; readonly place: KindSchema; readonly field: Field};

/** The kinds whose stored values sum up to a kind, coarsest first. */
const LEAVES: Readonly<Record<SubjectKind, readonly Leaf['kind'][]>> = {
	cluster: ['node'],
	node: ['node'],
	namespace: ['pod', 'container'],
	pod: ['pod', 'container'],
	container: ['container'],
};

/** The statement for a request; undefined if the writer does not store the series for the kind. */
export function seriesQuery(request: SeriesRequest, schema: InfluxdbSchema): string | undefined {
	const {kind, series, subjects} = request;
	const leaf = leafOf(schema.table, kind, series);
	const tags = leaf && identityTags(kind, leaf.place.tags);
	const leafTags = leaf && identityTags(leaf.kind, leaf.place.tags);
	if (leaf === undefined || tags === undefined || leafTags === undefined) {
		return undefined;
	}

	const {place, field} = leaf;
	const {startMs, endMs, stepMs} = boundedRange(request.range);
	// The first rate needs the sample before it.
	const fromMs = field.isCounter === true ? startMs - stepMs : startMs;
	const within = [`time >= ${fromMs}ms`, `time < ${endMs}ms`];
	const where = [
		...place.conditions.map(conditionText),
		...oneOf(subjects.slice(0, MAX_SUBJECTS), place.tags),
		...plausibility(series, field),
		...within,
	].join(' AND ');
	const groups = (names: readonly string[]): string =>
		[`time(${stepMs}ms)`, ...names.map(influxqlIdentifier)].join(', ');
	const each = `SELECT ${stepValue(field)} AS "value" FROM ${measurementText(field.measurement, schema)} WHERE ${where} GROUP BY ${groups(leafTags)} fill(none)`;
	return leaf.kind === kind
		? each
		: `SELECT SUM("value") AS "value" FROM (${each}) WHERE ${within.join(' AND ')} GROUP BY ${groups(tags)} fill(none)`;
}

/** The points of a statement's answer, keyed by `subjectKey`. */
export function seriesPoints(
	{kind, series: name, range}: SeriesRequest,
	{table}: InfluxdbSchema,
	answer: readonly InfluxdbSeries[],
): ReadonlyMap<string, readonly HistoryPoint[]> {
	const leaf = leafOf(table, kind, name);
	const points = new Map<string, readonly HistoryPoint[]>();
	if (leaf === undefined) {
		return points;
	}

	const {startMs} = boundedRange(range);
	for (const {tags, values} of answer) {
		const subject = subjectOfTags(kind, leaf.place.tags, tags);
		if (subject !== undefined) {
			points.set(
				subjectKey(subject),
				values.flatMap(([timeMs, value]) =>
					typeof timeMs === 'number' &&
					Number.isFinite(timeMs) &&
					timeMs >= startMs &&
					typeof value === 'number' &&
					isPlausible(name, value / leaf.field.divisor)
						? [{timeMs, value: value / leaf.field.divisor}]
						: [],
				),
			);
		}
	}

	return points;
}

function leafOf(table: SchemaTable, kind: SubjectKind, name: SeriesRequest['series']): Leaf | undefined {
	for (const leaf of LEAVES[kind]) {
		const place = table[leaf];
		const field = place.fields[name];
		if (field !== undefined) {
			return {kind: leaf, place, field};
		}
	}

	return undefined;
}

function stepValue({field, isCounter}: Field): string {
	const quoted = influxqlIdentifier(field);
	return isCounter === true ? `NON_NEGATIVE_DERIVATIVE(MAX(${quoted}), 1s)` : `MEAN(${quoted})`;
}
