import type {GroupRow, PodRow} from '../model/row.ts';
import type {SumOfPods} from '../model/sum-of-pods.ts';
import {LastUsed} from '../view/last-used.ts';

/** More sums than are on a screen. */
const MOST_KEPT = 1024;

type Members = GroupRow['members'] | readonly PodRow[];

/** `members`: not kept for this alone, since they are rows, some of objects that are gone by now. */
type Edition = {number: number; members: WeakRef<Members> | undefined};

/** Tells sums with the same id apart by what is summed: a group has other members in another scope. */
export class SumEditions {
	readonly #known = new LastUsed<Edition>(MOST_KEPT);
	#count = 0;

	/** Another number each time that a row has other members. A namespace always has all of its pods. */
	of(row: SumOfPods): number {
		if (row.kind === 'namespace') {
			return 0;
		}

		const members: Members = row.kind === 'group' ? row.members : row.pods;
		const edition = this.#known.of(row.id, () => ({number: 0, members: undefined}));
		const before = edition.members?.deref();
		if (before !== members) {
			edition.members = new WeakRef(members);
			if (before === undefined || !isSame(before, members)) {
				edition.number = ++this.#count;
			}
		}

		return edition.number;
	}
}

/** Whether these are rows of the same objects. */
function isSame(before: Members, members: Members): boolean {
	return before.length === members.length && before.every(({id}, place) => members[place]?.id === id);
}
