import type {SeriesName} from '../../metrics/model/row.ts';

/** The object whose past is requested. Stores identify objects by name, not by uid. */
export type HistorySubject =
	| {readonly kind: 'cluster'}
	| {readonly kind: 'node'; readonly name: string}
	| {readonly kind: 'namespace'; readonly name: string}
	| {readonly kind: 'pod'; readonly namespace: string; readonly name: string}
	| {readonly kind: 'container'; readonly namespace: string; readonly pod: string; readonly name: string};

export type SubjectKind = HistorySubject['kind'];

/** A unique map key for a subject. Kubernetes names contain no spaces, so the parts cannot run together. */
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

/** From `startMs` (inclusive) to `endMs` (exclusive), Unix milliseconds. Steps start at multiples of `stepMs`. */
export type HistoryRange = {readonly startMs: number; readonly endMs: number; readonly stepMs: number};

/** Requests one series over time for several subjects of the same kind. */
export type SeriesRequest = {
	readonly kind: SubjectKind;
	/** All are of `kind`. A store answers for the first `MAX_SUBJECTS`. */
	readonly subjects: readonly HistorySubject[];
	readonly series: SeriesName;
	readonly range: HistoryRange;
};

/** The mean over one step; `timeMs` is the step's start. Steps without samples have no point. Cores, bytes or bytes/s. */
export type HistoryPoint = {readonly timeMs: number; readonly value: number};

/** The values of a table of the past. Percentages also need the capacities. */
export type PastValue = SeriesName | 'cpuCapacityCores' | 'memoryCapacityBytes';

/** Requests all objects of one kind at one moment, with the newest samples that are at most `lookBackMs` older. */
export type MomentRequest = {
	readonly kind: 'node' | 'pod' | 'container';
	readonly atMs: number;
	readonly lookBackMs: number;
	/** Limits the answer to objects on these nodes. A store may return more. */
	readonly nodes?: readonly string[] | undefined;
	/** Limits the answer to these values, since each costs the store as much as the others; all without. */
	readonly values?: readonly PastValue[] | undefined;
};

/** The values of one subject at one moment. */
export type MomentEntry = {
	readonly subject: HistorySubject;
	/** The node that the subject ran on, if the store has it. For a node, its own name. */
	readonly node: string | undefined;
	/** Time of the newest sample. */
	readonly timeMs: number;
	readonly values: Readonly<Partial<Record<PastValue, number>>>;
};
