import type {Column} from '../../metrics/column.ts';
import type {Row} from '../../metrics/row.ts';
import type {Chooser} from '../column-chooser.ts';
import {fitText} from '../format/width.ts';
import type {Theme} from '../theme/theme.ts';

/** The list of columns with what each means; the window moves with the cursor. */
export function drawChooser(
	{items, cursor}: Chooser,
	columns: ReadonlyArray<Column<Row>>,
	width: number,
	height: number,
	theme: Theme,
): readonly string[] {
	const known = new Map(columns.map(column => [column.id, column]));
	const [shown, hidden] = theme.symbols === 'unicode' ? ['■', '□'] : ['[x]', '[ ]'];
	const title =
		'  Columns: space shows or hides, < > moves, r takes the usual ones, Enter ends; kept for the next time';
	const room = Math.max(height - 1, 0);
	const start = Math.max(Math.min(cursor - Math.floor(room / 2), items.length - room), 0);
	const lines = items.slice(start, start + room).map(({id, isShown}, index) => {
		const column = known.get(id);
		const heading = column?.heading ?? 'past';
		const meaning = column?.explanation ?? `${id.slice(1)} over time, as a sparkline`;
		const text = fitText(
			`  ${isShown ? shown : hidden} ${heading.padEnd(10)} ${meaning}`,
			width,
			false,
			theme.ellipsis,
		);
		return start + index === cursor
			? theme.paint('selected', text)
			: theme.paint(isShown ? 'plain' : 'dim', text);
	});
	const all = [theme.paint('title', fitText(title, width, false, theme.ellipsis)), ...lines];
	return Array.from({length: height}, (_, index) => all[index] ?? ' '.repeat(width));
}
