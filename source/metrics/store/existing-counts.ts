import type {Tracked} from '../rates/tracked.ts';
import type {NodeRecord} from './node-record.ts';

export type ExistingAt = {readonly pods: number; readonly containers: number};

/** How many pods and containers nodes had at a past moment: counted once a moment, since a large cluster has many. */
export class ExistingCounts {
	readonly #known = new WeakMap<
		NodeRecord,
		{readonly atMs: number; readonly revision: number; readonly counts: ExistingAt}
	>();

	at(record: NodeRecord, atMs: number): ExistingAt {
		const known = this.#known.get(record);
		if (known?.atMs === atMs && known.revision === record.revision) {
			return known.counts;
		}

		const counts = {
			pods: countOf(record.pods.values(), pod => existedAt(pod, atMs)),
			containers: countOf(
				record.containers.values(),
				container => container.row.containerKind === 'container' && existedAt(container, atMs),
			),
		};
		this.#known.set(record, {atMs, revision: record.revision, counts});
		return counts;
	}
}

type Lifetime = Pick<Tracked<'pod'>, 'firstSeenMs' | 'lastSeenMs' | 'isGone'>;

/** Whether an object existed at a past moment: first seen before it, and not gone by then. */
export function existedAt(object: Lifetime, atMs: number): boolean {
	return object.firstSeenMs <= atMs && (!object.isGone || object.lastSeenMs >= atMs);
}

function countOf<T>(objects: Iterable<T>, isCounted: (object: T) => boolean): number {
	let count = 0;
	for (const object of objects) {
		count += Number(isCounted(object));
	}

	return count;
}
