import type {Span} from '../model/view.ts';
import type {NodeRecord} from './node-record.ts';

/** From the oldest to the newest moment that rings of some nodes hold; undefined where they hold none. */
export function spanOfRecords(records: Iterable<Pick<NodeRecord, 'ticks'>>): Span | undefined {
	let oldestMs = Number.POSITIVE_INFINITY;
	let newestMs = Number.NEGATIVE_INFINITY;
	for (const {ticks} of records) {
		oldestMs = Math.min(oldestMs, ticks.oldestMs ?? oldestMs);
		newestMs = Math.max(newestMs, ticks.newestMs ?? newestMs);
	}

	return oldestMs > newestMs ? undefined : {oldestMs, newestMs};
}
