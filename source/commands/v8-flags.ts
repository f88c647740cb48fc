import {constants, type PerformanceEntry, PerformanceObserver} from 'node:perf_hooks';
import {getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString} from 'node:v8';

/**
 * What ktop asks of V8, by flags that it takes while it runs and that last until the process ends. Figures are of Node 20.
 *
 * Heaps (`boundHeaps`):
 * - Each object begins in the young generation. V8 would allocate in the old one what is often alive at a collection, and a
 *   reading that is being decoded is: with a thousand nodes 170 kB a visit, dead a millisecond later.
 * - One thread collects the young generation of up to 2,000 nodes. Little of it is alive, and dividing that among threads takes
 *   an idle screen of 100 nodes up to 9 % of its CPU time.
 * - From 400 to 2,000 nodes halves of young generations have 4 MiB, not 16, and old generations grow by 15 %, not 40, before all of
 *   them is collected: 60 to 95 of 500 MiB less with 1,000 nodes, for 3 to 16 % more CPU time. With 5,000 on two cores the same
 *   took half as much CPU time again.
 * - With as many, and while a heap has much room between its objects, collections compact pages that are a fifth empty, not half
 *   (`--optimize-for-size`): lists and first readings leave 45 MiB there with 1,000 nodes. Each such pause takes up to 20 ms more. A
 *   thread that starts meanwhile would get a young generation of 1 MiB, so that this begins later.
 * - With fewer nodes halves of young generations have 8 MiB: some 20 of 130 MiB less with 10 nodes, for up to 5 % more CPU time. With 4 MiB it was 10 %
 *   for 30 MiB.
 * - With fewer nodes an old generation grows by 64 MiB where it can (`heapGrowingPercent`). Each round of scrapes replaces the current
 *   readings, a few kilobytes a node. V8 would let a heap grow by as little as 15 % where little is allocated, and mark all
 *   that is kept once a round: a fifth of what an idle screen of 100 nodes costs.
 *
 * Compiler:
 * - Screens inline less, 300 bytes of bytecode into one function instead of 920 (`inlineLess`). Threads compile, and a screen of 100
 *   nodes costs a sixth less, with as much on the main thread.
 * - undici's WebAssembly parser is not optimised in the background (`leaveParserUnoptimized`), which costs twice the CPU time of a whole
 *   `ktop --json`, and Node 20 waits for that on exit. Where ktop goes on, glibc keeps 4 MiB for each thread afterwards (twice the
 *   largest block that was returned to it), and a visit costs the same: parsers look at heads, not at bodies. Both flags are needed:
 *   either by itself has no effect on Node 20 and slows down Node 22 and 24.
 */
export const FLAGS = {
	noPretenuring: '--no-allocation-site-pretenuring',
	serialScavenge: '--no-parallel-scavenge',
	parallelScavenge: '--parallel-scavenge',
	lessInlining: '--max-inlined-bytecode-size-cumulative=300',
	compaction: '--optimize-for-size',
	noCompaction: '--no-optimize-for-size',
	noWasmTierUp: '--no-wasm-tier-up',
	noWasmDynamicTiering: '--no-wasm-dynamic-tiering',
} as const;

const MIB = 2 ** 20;

/** What a small heap may grow between two full collections. */
const HEADROOM_BYTES = 64 * MIB;
const MOST_PERCENT = 400;
/** What a large heap may grow. Marking that of 5,000 nodes takes half a second, in which keys wait. */
const LEAST_PERCENT = 40;
/** The same with many nodes. */
const MANY_TOTAL_BYTES = 120 * MIB;
const MANY_LEAST_PERCENT = 15;

/** From so many nodes on threads read them, and memory is worth more than CPU time. */
const MANY_NODES = 400;
/** With more, collections take CPU time that is not there. */
const MAX_BOUNDED_NODES = 2000;

/** How many nodes are read; `many` too as long as that is not known. */
export type Scale = 'few' | 'many' | 'thousands';

export function scaleOf(nodes: number | undefined): Scale {
	if (nodes === undefined) {
		return 'many';
	}

	return nodes < MANY_NODES ? 'few' : nodes <= MAX_BOUNDED_NODES ? 'many' : 'thousands';
}

/** V8's `--heap-growing-percent` for a heap of `liveBytes`. */
export function heapGrowingPercent(liveBytes: number, scale: Scale): number {
	const [headroomBytes, least] =
		scale === 'many'
			? [Math.min(HEADROOM_BYTES, MANY_TOTAL_BYTES - liveBytes), MANY_LEAST_PERCENT]
			: [HEADROOM_BYTES, LEAST_PERCENT];
	return Math.min(Math.max(Math.floor((headroomBytes / liveBytes) * 100), least), MOST_PERCENT);
}

/** A heap that has no more than so many times what is alive needs no compaction: the next garbage lies in what is free. */
const DENSE = 1.25;
/** After threads were started. One more would start at once, or after one has ended. */
const COMPACTS_AFTER_MS = 2000;

/** A half of the young generation. With thousands of nodes it is what V8 chooses, up to 16 MiB. */
const HALF_MIB = 4;
const HALF_MIB_OF_FEW = 8;

export type HeapBounds = {
	/** To be called when the number of nodes may have changed, before threads start for them. */
	readonly renew: () => void;
};

/** Bounds the heaps of this thread and of those that start later. `nodeCount` is undefined as long as that is not known. */
export function boundHeaps(nodeCount: () => number | undefined): HeapBounds {
	setFlagsFromString(FLAGS.noPretenuring);
	let scale: Scale | undefined;
	/** What V8 may double a half of the young generation to. A thread that starts sets a factor of 1 to 2, so that it doubles once more. */
	let mostHalfBytes = (HALF_MIB / 2) * MIB;
	let startedMs = performance.now();
	const boundEmpty = (): void => {
		const {total_heap_size, used_heap_size} = getHeapStatistics();
		const compacts =
			scale === 'many' &&
			total_heap_size > used_heap_size * DENSE &&
			performance.now() - startedMs >= COMPACTS_AFTER_MS;
		setFlagsFromString(compacts ? FLAGS.compaction : FLAGS.noCompaction);
	};
	const threadsChange = (): void => {
		startedMs = performance.now();
		boundEmpty();
	};
	process.on('worker', thread => {
		threadsChange();
		thread.once('exit', threadsChange);
		thread.once('online', () => {
			threadsChange();
			mostHalfBytes = HALF_MIB * MIB;
		});
	});
	const boundYoung = (): void => {
		const mostBytes = scale === 'few' ? HALF_MIB_OF_FEW * MIB : mostHalfBytes;
		const canDouble = scale === 'thousands' || 2 * halfBytes() <= mostBytes;
		setFlagsFromString(`--semi-space-growth-factor=${canDouble ? 2 : 1}`);
	};
	const boundOld = (): void => {
		const percent = heapGrowingPercent(getHeapStatistics().used_heap_size, scale ?? 'many');
		setFlagsFromString(`--heap-growing-percent=${percent}`);
	};
	const renew = (): void => {
		const now = scaleOf(nodeCount());
		if (now === scale) {
			return;
		}

		scale = now;
		setFlagsFromString(scale === 'thousands' ? FLAGS.parallelScavenge : FLAGS.serialScavenge);
		// Of threads that start from now on; 0 is what V8 chooses.
		for (const end of ['min', 'max']) {
			setFlagsFromString(`--${end}-semi-space-size=${scale === 'many' ? HALF_MIB : 0}`);
		}

		threadsChange();
		boundYoung();
		boundOld();
	};
	renew();
	new PerformanceObserver(list => {
		renew();
		boundYoung();
		// After a full collection only live objects are in use.
		if (list.getEntries().some(entry => kindOf(entry) === constants.NODE_PERFORMANCE_GC_MAJOR)) {
			boundOld();
			boundEmpty();
		}
	}).observe({entryTypes: ['gc']});
	return {renew};
}

/** For a screen, once its modules are loaded. */
export function inlineLess(): void {
	setFlagsFromString(FLAGS.lessInlining);
}

/** To be called before the first request. */
export function leaveParserUnoptimized(): void {
	setFlagsFromString(FLAGS.noWasmTierUp);
	setFlagsFromString(FLAGS.noWasmDynamicTiering);
}

/** Of the young generation, without what V8 keeps at the head of each of its pages. */
function halfBytes(): number {
	const young = getHeapSpaceStatistics().find(({space_name}) => space_name === 'new_space');
	return young === undefined ? 0 : young.space_used_size + young.space_available_size;
}

function kindOf(entry: PerformanceEntry): unknown {
	const detail: unknown = 'detail' in entry ? entry.detail : undefined;
	return typeof detail === 'object' && detail !== null && 'kind' in detail ? detail.kind : undefined;
}
