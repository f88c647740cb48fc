import type {SeriesName} from '../metrics/row.ts';

/** Whose past is asked for. Stores know names, not uids. */
export type HistorySubject =
	| {readonly kind: 'cluster'}
	| {readonly kind: 'node'; readonly name: string}
	| {readonly kind: 'namespace'; readonly name: string}
	| {readonly kind: 'pod'; readonly namespace: string; readonly name: string}
	| {readonly kind: 'container'; readonly namespace: string; readonly pod: string; readonly name: string};

/** Steps begin at whole multiples of `stepMs`; the range is from `startMs` to before `endMs`, Unix milliseconds. */
export type HistoryRange = {readonly startMs: number; readonly endMs: number; readonly stepMs: number};

export type HistoryRequest = {
	readonly subject: HistorySubject;
	readonly series: SeriesName;
	readonly range: HistoryRange;
};

/** Means of the steps by their begin; steps without a sample are left out. In the unit of the series (cores, bytes). */
export type HistoryPoint = {readonly timeMs: number; readonly value: number};
