import type {Fields} from './fields.ts';

/** Rows as fields, made one row at a time: those of 100,000 rows at once take half a gigabyte. */
export class FieldList implements Iterable<Fields> {
	readonly #each: () => Iterator<Fields>;

	private constructor(each: () => Iterator<Fields>) {
		this.#each = each;
	}

	static of<R>(rows: Iterable<R>, fieldsOf: (row: R) => Fields): FieldList {
		return new FieldList(function* () {
			for (const row of rows) {
				yield fieldsOf(row);
			}
		});
	}

	[Symbol.iterator](): Iterator<Fields> {
		return this.#each();
	}

	toJSON(): readonly Fields[] {
		return [...this];
	}
}
