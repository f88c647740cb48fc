import type {RowList} from '../model/row-list.ts';
import {OrderedRows} from './ordered-rows.ts';

type Identified = {readonly id: string};

/** Rows with the marked ones at the top, in their order otherwise. */
export function markedFirst<R extends Identified>(rows: RowList<R>, marked: ReadonlySet<string>): RowList<R> {
	if (rows instanceof OrderedRows) {
		return (rows as OrderedRows<R>).withFirst(marked);
	}

	const isMarked = ({id}: R): boolean => marked.has(id);
	return [...rows.filter(isMarked), ...rows.filter(row => !isMarked(row))];
}
