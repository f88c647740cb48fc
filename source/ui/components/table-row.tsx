import type {Row} from '../../metrics/model/row.ts';
import {type RowOptions, rowLine} from '../draw/table/row-line.ts';
import type {TableLayout} from '../draw/table/table-layout.ts';
import {Line} from './line.tsx';

export type TableRowProps = {
	readonly layout: TableLayout;
	readonly row: Row;
	readonly isSelected: boolean;
	readonly isMarked: boolean;
	readonly options: RowOptions;
};

/** A row as one preformatted line: Ink and the painter see only whether that line changed. */
export function TableRow({layout, row, isSelected, isMarked, options}: TableRowProps) {
	return <Line text={rowLine(layout, row, {isSelected, isMarked}, options)} />;
}
