import {placeOfRow, type RowList, sampleOfRows} from '../model/row-list.ts';
import {OrderedRows} from './ordered-rows.ts';
import {SlicedRows} from './sliced-rows.ts';

type Identified = {readonly id: string};

/** Rows with the marked ones at the top, in their order otherwise. */
export function markedFirst<R extends Identified>(rows: RowList<R>, marked: ReadonlySet<string>): RowList<R> {
	if (rows instanceof OrderedRows) {
		const places = (rows as OrderedRows<R>).placesOf(marked);
		return places.length === 0 ? rows : new RowsAfterOthers(rows, places);
	}

	const isMarked = ({id}: R): boolean => marked.has(id);
	return [...rows.filter(isMarked), ...rows.filter(row => !isMarked(row))];
}

/** A list of which some rows come first; nothing is copied. */
class RowsAfterOthers<R extends Identified> extends SlicedRows<R> {
	readonly #rows: RowList<R>;
	/** Where the first ones are in the list, in ascending order. */
	readonly #places: readonly number[];

	constructor(rows: RowList<R>, places: readonly number[]) {
		super();
		this.#rows = rows;
		this.#places = places;
	}

	get length(): number {
		return this.#rows.length;
	}

	at(index: number): R | undefined {
		const from = index < 0 ? this.length + index : index;
		return from < 0 ? undefined : this.slice(from, from + 1)[0];
	}

	readonly placeOf = (id: string): number => {
		const place = placeOfRow(this.#rows, id, -1);
		const first = this.#places.indexOf(place);
		const before = this.#places.filter(other => other < place).length;
		return place === -1 || first !== -1 ? first : place + this.#places.length - before;
	};

	slice(start = 0, end = this.length): readonly R[] {
		const count = this.#places.length;
		const [from, to] = [start, end].map(index => Math.max(index < 0 ? this.length + index : index, 0)) as [
			number,
			number,
		];
		const first = this.#places.slice(from, to).flatMap(place => this.#rows.slice(place, place + 1));
		if (to <= count) {
			return first;
		}

		const begin = this.#placeOfRest(Math.max(from - count, 0));
		const until = this.#placeOfRest(to - count);
		const places = new Set(this.#places);
		const rest = this.#rows.slice(begin, until).filter((_, index) => !places.has(begin + index));
		return [...first, ...rest];
	}

	sample(count: number): readonly R[] {
		return sampleOfRows(this.#rows, count);
	}

	/** The place in the list of the row with an index among those that are not first. */
	#placeOfRest(index: number): number {
		let place = index;
		for (const first of this.#places) {
			place += Number(first <= place);
		}

		return place;
	}
}
