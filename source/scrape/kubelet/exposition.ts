import {LATEST_DATE_MS} from '../../metrics/model/date-range.ts';

/** Parsing of the Prometheus text format of kubelets. */

const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Earlier times are unknown: kubelets also write Go's zero time. */
const EARLIEST_MS = Date.UTC(2001, 0, 1);

/** Parses the labels between the braces of a sample. */
export function readLabels(labels: string): ReadonlyMap<string, string> {
	const values = new Map<string, string>();
	for (const [, name = '', value = ''] of labels.matchAll(LABEL)) {
		values.set(name, value);
	}

	return values;
}

/** Parses a timestamp to Unix milliseconds. Kubelets write milliseconds, OpenMetrics seconds with a fraction. */
export function stampMs(stamp: string | undefined): number | undefined {
	if (stamp === undefined) {
		return undefined;
	}

	const timeMs = stamp.includes('.') ? Math.round(Number(stamp) * 1000) : Number(stamp);
	return timeOf(timeMs);
}

/** The time, unless it is before 2001 or no date at all. */
export function timeOf(timeMs: number): number | undefined {
	return timeMs >= EARLIEST_MS && timeMs <= LATEST_DATE_MS ? timeMs : undefined;
}
