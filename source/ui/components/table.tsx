import type {Shown} from '../hooks/use-shown.ts';
import {currentPage} from '../state/page.ts';
import type {ShownTable} from '../view/shown-table.ts';
import {lineOfRow} from '../view/table-window.ts';
import {TableLines} from './table-lines.tsx';

/** The table of the page: the headings and the rows on the screen. */
export function Table({shown, table}: {readonly shown: Shown; readonly table: ShownTable}) {
	const {view, layout, rows, window} = table;
	return (
		<TableLines
			shown={shown}
			view={view}
			layout={layout}
			rows={rows}
			sort={currentPage(shown.state).sort}
			selectedLine={lineOfRow(window.selected, window)}
			height={shown.areas.table}
		/>
	);
}
