import {constants, type PerformanceEntry, PerformanceObserver} from 'node:perf_hooks';
import {getHeapStatistics, setFlagsFromString} from 'node:v8';

/** What the heap may grow between two full collections. */
const HEADROOM_BYTES = 64 * 2 ** 20;
const MOST_PERCENT = 400;
/** V8 lets a heap grow by this much at least, and by more where it sees fit. */
const LEAST_PERCENT = 30;

/** V8's `--heap-growing-percent` for a heap of `liveBytes`; 0 leaves the choice to V8. */
export function heapGrowingPercent(liveBytes: number): number {
	const percent = Math.floor((HEADROOM_BYTES / liveBytes) * 100);
	return percent < LEAST_PERCENT ? 0 : Math.min(percent, MOST_PERCENT);
}

/**
 * Lets a small heap grow before all of it is collected. Each round of scrapes replaces the current readings, a few
 * megabytes. V8 grows a heap by as little as 30 % where little is allocated, so that it would mark all that is kept once a
 * round: a fifth of what an idle screen of 100 nodes costs. Large heaps are left to V8. Lasts until the process ends.
 */
export function keepHeapHeadroom(): void {
	const grow = (): void => {
		setFlagsFromString(`--heap-growing-percent=${heapGrowingPercent(getHeapStatistics().used_heap_size)}`);
	};
	grow();
	// After a full collection, what is used is what is live.
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
