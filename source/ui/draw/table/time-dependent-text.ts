import type {Row} from '../../../metrics/model/row.ts';
import {type Freshness, isStale} from './row-age.ts';
import {rowCell} from './row-cell.ts';
import type {TableLayout} from './table-layout.ts';

/**
 * The parts of a row's line that change without a new sample, except sparklines: its ages, and whether it is stale. If
 * they are equal, the line is not drawn again.
 */
export function timeDependentText({columns}: TableLayout, row: Row, freshness: Freshness): string {
	const ages = columns.flatMap(({column}) =>
		column?.unit === 'durationMs' || column?.unit === 'state' ? [rowCell(row, column, freshness).text] : [],
	);
	return [isStale(row, freshness), ...ages].join('\n');
}
