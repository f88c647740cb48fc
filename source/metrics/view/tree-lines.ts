import type {TreeRow} from '../model/row.ts';
import {SlicedRows} from './sliced-rows.ts';
import {inList} from './slot-list.ts';

/** What is known of roots whose lines are not made yet. */
type Roots = {
	/** How many lines a root has, its own among them. */
	readonly countOf: (root: TreeRow) => number;
	readonly linesOf: (root: TreeRow) => readonly TreeRow[];
	/** The root that has a row with an id in it; undefined if none has. */
	readonly rootWith: (id: string) => TreeRow['of'] | undefined;
};

/** The lines of a tree whose roots are in order: those of a root are made when some of them are looked at. */
export class TreeLines extends SlicedRows<TreeRow> {
	readonly #roots: readonly TreeRow[];
	readonly #of: Roots;
	/** The place of the first line of each root, and the place after all. */
	readonly #starts: Uint32Array;
	readonly #lines = new Map<number, readonly TreeRow[]>();

	constructor(roots: readonly TreeRow[], of: Roots) {
		super();
		this.#roots = roots;
		this.#of = of;
		this.#starts = new Uint32Array(roots.length + 1);
		for (const [index, root] of roots.entries()) {
			this.#starts[index + 1] = (this.#starts[index] ?? 0) + of.countOf(root);
		}
	}

	get length(): number {
		return this.#starts.at(-1) ?? 0;
	}

	at(index: number): TreeRow | undefined {
		return this.slice(index, index === -1 ? undefined : index + 1)[0];
	}

	slice(start = 0, end = this.length): readonly TreeRow[] {
		const [first, last] = [inList(start, this.length), inList(end, this.length)];
		const lines: TreeRow[] = [];
		for (let root = this.#rootAt(first); root < this.#roots.length && this.#startOf(root) < last; root++) {
			const begin = this.#startOf(root);
			for (const line of this.#linesOf(root).slice(Math.max(first - begin, 0), last - begin)) {
				lines.push(line);
			}
		}

		return lines;
	}

	readonly placeOf = (id: string): number => {
		const of = this.#of.rootWith(id);
		const root = of === undefined ? -1 : this.#roots.findIndex(line => line.of === of);
		const place = root === -1 ? -1 : this.#linesOf(root).findIndex(line => line.id === id);
		return place === -1 ? -1 : this.#startOf(root) + place;
	};

	/** The lines of some roots. */
	sample(count: number): readonly TreeRow[] {
		const lines: TreeRow[] = [];
		const step = Math.max(Math.floor(this.length / count), 1);
		for (let root = 0; root < this.#roots.length && lines.length < count; root += step) {
			for (const line of this.#linesOf(root)) {
				lines.push(line);
			}
		}

		return lines.slice(0, 2 * count);
	}

	#linesOf(root: number): readonly TreeRow[] {
		const line = this.#roots[root];
		const lines = this.#lines.get(root) ?? (line === undefined ? [] : this.#of.linesOf(line));
		this.#lines.set(root, lines);
		return lines;
	}

	#startOf(root: number): number {
		return this.#starts[root] ?? 0;
	}

	/** The root in whose lines a place is. */
	#rootAt(place: number): number {
		let [low, high] = [0, this.#roots.length];
		while (low < high) {
			const middle = (low + high) >>> 1;
			[low, high] = this.#startOf(middle + 1) <= place ? [middle + 1, high] : [low, middle];
		}

		return low;
	}
}
