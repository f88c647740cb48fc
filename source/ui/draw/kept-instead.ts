import type {SeriesName} from '../../metrics/model/row.ts';
import type {PastFeed} from '../feed.ts';

export type PastKind = Parameters<PastFeed['keptInstead']>[0];

/** The headings of the series that history stores keep. */
const HEADINGS: Readonly<Partial<Record<SeriesName, string>>> = {
	cpuCores: 'CPU',
	memoryWorkingSetBytes: 'MEM',
	memoryRssBytes: 'RSS',
	rxBytesPerSecond: 'NET↓',
	txBytesPerSecond: 'NET↑',
	filesystemUsedBytes: 'FS',
};

/**
 * The series for which a history store keeps another quantity than ktop shows live, a line per quantity:
 * `InfluxDB k8s stores sums of containers for CPU, MEM; …`.
 */
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
			`${past?.status().label} stores ${kept} for ${names.join(', ')}; values before the seam are not comparable with live ones`,
	);
}
