import type {RowList} from '../model/row-list.ts';

/** Rows that are put together when they are asked for: all that a list does by a part of it. */
export abstract class SlicedRows<R> implements RowList<R> {
	abstract get length(): number;
	abstract at(index: number): R | undefined;
	abstract slice(start?: number, end?: number): readonly R[];
	abstract readonly placeOf: (id: string) => number;
	abstract sample(count: number): readonly R[];

	[Symbol.iterator](): Iterator<R> {
		return this.slice()[Symbol.iterator]();
	}

	map<T>(to: (row: R) => T): T[] {
		return this.slice().map(to);
	}

	flatMap<T>(to: (row: R) => readonly T[]): T[] {
		return this.slice().flatMap(to);
	}

	filter(isWanted: (row: R) => unknown): readonly R[] {
		return this.slice().filter(isWanted);
	}

	find(isWanted: (row: R) => unknown): R | undefined {
		return this.slice().find(isWanted);
	}

	findIndex(isWanted: (row: R) => unknown): number {
		return this.slice().findIndex(isWanted);
	}

	some(isWanted: (row: R) => unknown): boolean {
		return this.slice().some(isWanted);
	}
}
