import type {Row} from '../../../metrics/model/row.ts';
import type {Theme} from '../../theme/theme.ts';
import {type Freshness, isStale} from './row-age.ts';
import {rowCell} from './row-cell.ts';
import type {TableLayout} from './table-layout.ts';

/** What of a row's line changes by time alone, sparklines aside: its ages, and whether it is stale. */
export function timedText({columns}: TableLayout, row: Row, freshness: Freshness, theme: Theme): string {
	const ages = columns.flatMap(({column}) =>
		column?.unit === 'durationMs' || column?.unit === 'state'
			? [rowCell(row, column, freshness, theme).text]
			: [],
	);
	return [isStale(row, freshness), ...ages].join('\n');
}
