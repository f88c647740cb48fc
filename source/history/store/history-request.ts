import type {SeriesName} from '../../metrics/model/row.ts';

/** Whose past is asked for. Stores know names, not uids. */
export type HistorySubject =
	| {readonly kind: 'cluster'}
	| {readonly kind: 'node'; readonly name: string}
	| {readonly kind: 'namespace'; readonly name: string}
	| {readonly kind: 'pod'; readonly namespace: string; readonly name: string}
	| {readonly kind: 'container'; readonly namespace: string; readonly pod: string; readonly name: string};

export type SubjectKind = HistorySubject['kind'];

/** One text for each subject, so that maps can be keyed by it. Names hold no blanks; if one does, nothing is lost. */
export function subjectKey(subject: HistorySubject): string {
	switch (subject.kind) {
		case 'cluster':
			return 'cluster';
		case 'node':
		case 'namespace':
			return `${subject.kind} ${subject.name}`;
		case 'pod':
			return `pod ${subject.namespace} ${subject.name}`;
		case 'container':
			return `container ${subject.namespace} ${subject.pod} ${subject.name}`;
	}
}

/** Steps begin at whole multiples of `stepMs`; the range is from `startMs` to before `endMs`, Unix milliseconds. */
export type HistoryRange = {readonly startMs: number; readonly endMs: number; readonly stepMs: number};

/** One series of several subjects of one kind, over time. */
export type SeriesRequest = {
	readonly kind: SubjectKind;
	/** All of `kind`; at most `MOST_SUBJECTS`. */
	readonly subjects: readonly HistorySubject[];
	readonly series: SeriesName;
	readonly range: HistoryRange;
};

/** Means of the steps by their begin; steps without a sample are left out. In the unit of the series (cores, bytes). */
export type HistoryPoint = {readonly timeMs: number; readonly value: number};

/** What a table of the past shows; percentages need the capacities. */
export type PastValue = SeriesName | 'cpuCapacityCores' | 'memoryCapacityBytes';

/** Everything of one kind at one moment: the newest values that are at most `lookBackMs` older than it. */
export type MomentRequest = {
	readonly kind: 'node' | 'pod' | 'container';
	readonly atMs: number;
	readonly lookBackMs: number;
	/** What is on these nodes alone; a store may answer with more. */
	readonly nodes?: readonly string[] | undefined;
};

/** One subject at a moment. */
export type MomentEntry = {
	readonly subject: HistorySubject;
	/** The node that it was on, where the store tells; of a node itself its name. */
	readonly node: string | undefined;
	/** Of the newest of the values. */
	readonly timeMs: number;
	readonly values: Readonly<Partial<Record<PastValue, number>>>;
};
