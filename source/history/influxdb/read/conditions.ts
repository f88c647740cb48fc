import type {HistorySubject, PastValue, SubjectKind} from '../../store/history-request.ts';
import {CEILINGS} from '../../store/plausible.ts';
import {influxqlIdentifier, influxqlString} from '../quote.ts';
import type {Field, IdentityTags, InfluxdbSchema, TagCondition} from './schemas/schema.ts';

type Part = keyof IdentityTags;

const PARTS: Readonly<Record<SubjectKind, readonly Part[]>> = {
	cluster: [],
	node: ['node'],
	namespace: ['namespace'],
	pod: ['namespace', 'pod'],
	container: ['namespace', 'pod', 'container'],
};

/** The tags that identify subjects of a kind; undefined if the writer lacks one of them. */
export function identityTags(kind: SubjectKind, tags: IdentityTags): readonly string[] | undefined {
	const names = PARTS[kind].map(part => tags[part]);
	const known = names.filter(name => name !== undefined);
	return known.length === names.length ? known : undefined;
}

/** The subject of a series by its tags; undefined if one of them is empty. */
export function subjectOfTags(
	kind: SubjectKind,
	tags: IdentityTags,
	values: Readonly<Record<string, string>>,
): HistorySubject | undefined {
	const of = (part: Part): string => values[tags[part] ?? ''] ?? '';
	if (PARTS[kind].some(part => of(part) === '')) {
		return undefined;
	}

	switch (kind) {
		case 'cluster':
			return {kind};
		case 'node':
			return {kind, name: of('node')};
		case 'namespace':
			return {kind, name: of('namespace')};
		case 'pod':
			return {kind, namespace: of('namespace'), name: of('pod')};
		case 'container':
			return {kind, namespace: of('namespace'), pod: of('pod'), name: of('container')};
	}
}

/** `("namespace" = 'a' AND "pod" = 'b') OR (…)`, in parentheses if there are several. */
export function oneOf(subjects: readonly HistorySubject[], tags: IdentityTags): readonly string[] {
	const each = subjects.map(subject => equalities(subject, tags).join(' AND ')).filter(text => text !== '');
	return each.length === 0
		? []
		: [each.length === 1 ? (each[0] ?? '') : `(${each.map(text => `(${text})`).join(' OR ')})`];
}

function equalities(subject: HistorySubject, tags: IdentityTags): readonly string[] {
	const is = (part: Part, value: string): string =>
		`${influxqlIdentifier(tags[part] ?? '')} = ${influxqlString(value)}`;
	switch (subject.kind) {
		case 'cluster':
			return [];
		case 'node':
			return [is('node', subject.name)];
		case 'namespace':
			return [is('namespace', subject.name)];
		case 'pod':
			return [is('namespace', subject.namespace), is('pod', subject.name)];
		case 'container':
			return [is('namespace', subject.namespace), is('pod', subject.pod), is('container', subject.name)];
	}
}

export function conditionText(condition: TagCondition): string {
	const tag = influxqlIdentifier(condition.tag);
	return 'is' in condition
		? `${tag} = ${influxqlString(condition.is)}`
		: `${tag} != ${influxqlString(condition.isNot)}`;
}

/** Conditions that exclude impossible values, before InfluxDB computes a mean. Counters may have any size. */
export function plausibility(
	name: PastValue,
	{field, divisor, isCounter, isZeroUnknown}: Field,
): readonly string[] {
	const quoted = influxqlIdentifier(field);
	return isCounter === true
		? isZeroUnknown === true
			? [`${quoted} > 0`]
			: []
		: [
				`${quoted} ${isZeroUnknown === true ? '>' : '>='} 0`,
				`${quoted} <= ${Math.min(CEILINGS[name] * divisor, Number.MAX_SAFE_INTEGER)}`,
			];
}

/** The measurement's name, qualified unless it is in the default retention policy. */
export function measurementText(
	measurement: string,
	{database, retentionPolicy}: Omit<InfluxdbSchema, 'table'>,
): string {
	return retentionPolicy === undefined
		? influxqlIdentifier(measurement)
		: [database, retentionPolicy, measurement].map(influxqlIdentifier).join('.');
}
