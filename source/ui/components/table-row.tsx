import {memo} from 'react';
import type {Row} from '../../metrics/model/row.ts';
import type {View} from '../../metrics/model/view.ts';
import {type RowOptions, rowLine} from '../draw/table/row-line.ts';
import type {TableLayout} from '../draw/table/table-layout.ts';
import {Line} from './line.tsx';

export type TableRowProps = {
	readonly layout: TableLayout;
	/** The view of the row; a new one means that rows or their history may have changed. */
	readonly view: View;
	readonly row: Row;
	readonly isSelected: boolean;
	readonly isMarked: boolean;
	readonly options: RowOptions;
	/** Changes with the layout and the windows of sparklines. */
	readonly layoutKey: string;
	/** Changes with the ages in the row, see `timeDependentText`. */
	readonly timeKey: string;
};

/**
 * A row as one preformatted line, formatted only when its content may have changed. `layout` and `options` are new objects
 * in each frame, so their content is compared by keys.
 */
export const TableRow = memo(function TableRow(props: TableRowProps) {
	const {layout, row, isSelected, isMarked, options} = props;
	return <Line text={rowLine(layout, row, {isSelected, isMarked}, options)} />;
}, isSameLine);

function isSameLine(before: TableRowProps, after: TableRowProps): boolean {
	return (
		before.view === after.view &&
		before.isSelected === after.isSelected &&
		before.isMarked === after.isMarked &&
		before.options.theme === after.options.theme &&
		before.layoutKey === after.layoutKey &&
		before.timeKey === after.timeKey
	);
}
