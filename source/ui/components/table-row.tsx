import {memo} from 'react';
import type {Row} from '../../metrics/model/row.ts';
import type {View} from '../../metrics/model/view.ts';
import {type RowOptions, rowLine} from '../draw/table/row-line.ts';
import type {TableLayout} from '../draw/table/table-layout.ts';
import {Line} from './line.tsx';

export type TableRowProps = {
	readonly layout: TableLayout;
	/** The table that it is of, whose rows and their pasts stay as they are. */
	readonly view: View;
	readonly row: Row;
	readonly isSelected: boolean;
	readonly isMarked: boolean;
	readonly options: RowOptions;
	/** Another whenever rows are laid out otherwise, or their sparklines have moved. */
	readonly look: string;
	/** What of the row changes by time alone. */
	readonly timed: string;
};

/**
 * A row as one preformatted line, made anew only when something that it shows may have changed. Layout and options are
 * new in each frame.
 */
export const TableRow = memo(function TableRow(props: TableRowProps) {
	const {layout, row, isSelected, isMarked, options} = props;
	return <Line text={rowLine(layout, row, {isSelected, isMarked}, options)} />;
}, showTheSame);

function showTheSame(before: TableRowProps, after: TableRowProps): boolean {
	return (
		before.view === after.view &&
		before.isSelected === after.isSelected &&
		before.isMarked === after.isMarked &&
		before.options.theme === after.options.theme &&
		before.look === after.look &&
		before.timed === after.timed
	);
}
