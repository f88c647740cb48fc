import type {Row} from '../../metrics/model/row.ts';
import type {View} from '../../metrics/model/view.ts';
import {MOST_LINES} from '../draw/wall/comparison-lines.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {selectedIndex, visibleOffset} from '../state/selection.ts';
import {type ShownSeries, shownSeries} from './shown-wall.ts';

/** Some rows of a table, in its order, as lines of one chart. */
export type ShownComparison = ShownSeries & {
	readonly view: View;
	readonly selected: number;
	/** The rows in the chart, from the index `first` on. */
	readonly first: number;
	readonly rows: readonly Row[];
};

/** The first rows of a view, and others when the selection leaves them; undefined if rows have no past. */
export function shownComparison(state: ScreenState, view: View): ShownComparison | undefined {
	const shown = shownSeries(state, view);
	if (shown === undefined) {
		return undefined;
	}

	const page = currentPage(state);
	const selected = selectedIndex(page, view.rows);
	const first = visibleOffset(page.offset, selected, view.rows.length, MOST_LINES, 0);
	const rows: readonly Row[] = view.rows.slice(first, first + MOST_LINES);
	return {...shown, view, selected, first, rows};
}
