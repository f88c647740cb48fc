import type {Row} from '../model/row.ts';
import {compareIdentity, compareInNamespace, namespaceOf} from './identity.ts';
import {compareNatural} from './natural-order.ts';
import {sortedInSlices} from './slot-order.ts';

/** How many rows are put to their namespaces in a step. */
const ROWS_A_STEP = 1024;

/**
 * Sorts slots as `compareIdentity` does their rows, those of each namespace by themselves: rows lie all over the memory, and
 * those of a namespace are few enough for the cache of the processor.
 */
export function* sortedByNamespace(
	slots: Uint32Array<ArrayBuffer>,
	rowAt: (slot: number) => Row | undefined,
): Generator<undefined, Uint32Array<ArrayBuffer>, undefined> {
	const byNamespace = new Map<string, number[]>();
	for (let place = 0; place < slots.length; place++) {
		const slot = slots[place] ?? 0;
		const row = rowAt(slot);
		const namespace = row === undefined ? '' : namespaceOf(row);
		const known = byNamespace.get(namespace);
		if (known === undefined) {
			byNamespace.set(namespace, [slot]);
		} else {
			known.push(slot);
		}

		if (place % ROWS_A_STEP === ROWS_A_STEP - 1) {
			yield;
		}
	}

	const namespaces = [...byNamespace].sort(([one], [other]) => compareNatural(one, other));
	const sorted = new Uint32Array(slots.length);
	let end = 0;
	for (let first = 0, next = 0; first < namespaces.length; first = next) {
		next = endOfSame(namespaces, first);
		const members = Uint32Array.from(namespaces.slice(first, next).flatMap(([, all]) => all));
		const compare = next - first === 1 ? compareInNamespace : compareIdentity;
		const ordered = yield* sortedInSlices(members, (one, other) => {
			const [row, otherRow] = [rowAt(one), rowAt(other)];
			return row === undefined || otherRow === undefined ? 0 : compare(row, otherRow);
		});
		sorted.set(ordered, end);
		end += members.length;
	}

	return sorted;
}

/** The place after the namespaces with the same place in the order of names, as `a1` and `a01`. */
function endOfSame(namespaces: ReadonlyArray<readonly [string, unknown]>, first: number): number {
	const [namespace = ''] = namespaces[first] ?? [];
	let end = first + 1;
	while (end < namespaces.length && compareNatural(namespace, namespaces[end]?.[0] ?? '') === 0) {
		end++;
	}

	return end;
}
