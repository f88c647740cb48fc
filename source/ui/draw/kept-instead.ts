import type {SeriesName} from '../../metrics/model/row.ts';
import type {PastFeed} from '../feed.ts';

/** Whose past is looked at. */
export type PastKind = Parameters<PastFeed['keptInstead']>[0];

/** The figures that a store keeps, as the tables call them. */
const HEADINGS: Readonly<Partial<Record<SeriesName, string>>> = {
	cpuCores: 'CPU',
	memoryWorkingSetBytes: 'MEM',
	memoryRssBytes: 'RSS',
	rxBytesPerSecond: 'NET↓',
	txBytesPerSecond: 'NET↑',
	filesystemUsedBytes: 'FS',
};

/** `InfluxDB k8s has sums of containers for CPU, MEM`: a line for each quantity that is another before the seam. */
export function keptInsteadLines(past: PastFeed | undefined, kind: PastKind): readonly string[] {
	const figures = new Map<string, string[]>();
	for (const [series, heading] of Object.entries(HEADINGS) as ReadonlyArray<[SeriesName, string]>) {
		const kept = past?.keptInstead(kind, series);
		if (kept !== undefined) {
			figures.set(kept, [...(figures.get(kept) ?? []), heading]);
		}
	}

	return [...figures].map(
		([kept, names]) =>
			`${past?.status().label} has ${kept} for ${names.join(', ')}: before the seam they are another quantity than live`,
	);
}
