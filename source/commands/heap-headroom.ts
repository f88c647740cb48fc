import {constants, type PerformanceEntry, PerformanceObserver} from 'node:perf_hooks';
import {getHeapStatistics, setFlagsFromString} from 'node:v8';

/** What a small heap may grow between two full collections. */
const HEADROOM_BYTES = 64 * 2 ** 20;
const MOST_PERCENT = 400;
/** What a large heap may grow. Marking that of 5,000 nodes takes half a second, in which keys wait. */
const LEAST_PERCENT = 40;

/** V8's `--heap-growing-percent` for a heap of `liveBytes`. */
export function heapGrowingPercent(liveBytes: number): number {
	const percent = Math.floor((HEADROOM_BYTES / liveBytes) * 100);
	return Math.min(Math.max(percent, LEAST_PERCENT), MOST_PERCENT);
}

/**
 * Lets the heap grow before all of it is collected. Each round of scrapes replaces the current readings, a few kilobytes a
 * node. V8 grows a heap by as little as 15 % where little is allocated, so that it would mark all that is kept once a
 * round: a fifth of what an idle screen of 100 nodes costs. With thousands of nodes keys would wait for it each few
 * seconds. Lasts until the process ends.
 */
export function keepHeapHeadroom(): void {
	const grow = (): void => {
		const percent = heapGrowingPercent(getHeapStatistics().used_heap_size);
		setFlagsFromString(`--heap-growing-percent=${percent}`);
	};
	grow();
	// After a full collection only live objects are in use.
	new PerformanceObserver(list => {
		if (list.getEntries().some(entry => kindOf(entry) === constants.NODE_PERFORMANCE_GC_MAJOR)) {
			grow();
		}
	}).observe({entryTypes: ['gc']});
}

function kindOf(entry: PerformanceEntry): unknown {
	const detail: unknown = 'detail' in entry ? entry.detail : undefined;
	return typeof detail === 'object' && detail !== null && 'kind' in detail ? detail.kind : undefined;
}
