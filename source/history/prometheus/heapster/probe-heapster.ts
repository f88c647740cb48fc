import {HEAPSTER_TAGS, HEAPSTER_TYPES} from '../../influxdb/heapster-names.ts';
import {MAX_RANGE_MS} from '../../store/query-bounds.ts';
import type {PrometheusClient} from '../client.ts';
import {type HeapsterMetrics, heapsterMetrics, USAGE_RATE_NAMES} from './heapster-metrics.ts';

/** Detects what `ktop record` or Heapster wrote in the last days; undefined if nothing. Throws `KtopError`. */
export async function probeHeapster(
	client: Pick<PrometheusClient, 'instant'>,
	matchers: readonly string[],
	nowMs: number,
	signal: AbortSignal,
): Promise<HeapsterMetrics | undefined> {
	const named = [`__name__=~"${USAGE_RATE_NAMES}"`, `${HEAPSTER_TAGS.type}="${HEAPSTER_TYPES.node}"`];
	const query = `count by (__name__) ({${[...named, ...matchers].join(',')}})`;
	// The newest samples first: of a store without them, series of the last days are many more.
	for (const lookBackMs of [LIVE_MS, MAX_RANGE_MS]) {
		const {series} = await client.instant(query, {atMs: nowMs, lookBackMs}, signal);
		const most = [...series].sort((a, b) => (b.points[0]?.value ?? 0) - (a.points[0]?.value ?? 0))[0];
		if (most !== undefined) {
			return heapsterMetrics(most.labels.__name__ ?? '', matchers);
		}
	}

	return undefined;
}

const LIVE_MS = 600_000;
