/** Pieces of Prometheus' text format, as kubelets write it. */

const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Go's zero time is written as a stamp too: what is before 2001 is no time. */
export const EARLIEST_MS = Date.UTC(2001, 0, 1);

/** The labels between a sample's braces. */
export function readLabels(labels: string): ReadonlyMap<string, string> {
	const values = new Map<string, string>();
	for (const [, name = '', value = ''] of labels.matchAll(LABEL)) {
		values.set(name, value);
	}

	return values;
}

/** Kubelets write milliseconds, OpenMetrics seconds with a fraction. */
export function stampMs(stamp: string | undefined): number | undefined {
	if (stamp === undefined) {
		return undefined;
	}

	const timeMs = stamp.includes('.') ? Math.round(Number(stamp) * 1000) : Number(stamp);
	return timeMs >= EARLIEST_MS ? timeMs : undefined;
}
