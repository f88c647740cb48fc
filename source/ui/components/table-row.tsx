import {memo} from 'react';
import type {Row} from '../../metrics/model/row.ts';
import type {Cursor, View} from '../../metrics/model/view.ts';
import {useStore} from '../contexts.ts';
import {type RowOptions, rowLine} from '../draw/table/row-line.ts';
import type {TableLayout} from '../draw/table/table-layout.ts';
import {timeDependentText} from '../draw/table/time-dependent-text.ts';
import {useRowBefore} from '../hooks/use-row-before.ts';
import {useTimedText} from '../hooks/use-timed-text.ts';
import {momentMs} from '../view/shown-window.ts';
import {Line} from './line.tsx';

export type TableRowProps = {
	readonly layout: TableLayout;
	/** The view of the row; a new one means that rows or their history may have changed. */
	readonly view: View;
	readonly row: Row;
	readonly isSelected: boolean;
	readonly isMarked: boolean;
	readonly cursor: Cursor;
	readonly options: Omit<RowOptions, 'nowMs' | 'atMs'>;
	/** Changes with the layout and the windows of sparklines. */
	readonly layoutKey: string;
	/** The `timeDependentText` of the frame. */
	readonly timeKey: string;
};

/**
 * A row as one preformatted line, formatted only when its content may have changed. `layout` and `options` are new objects
 * in each frame, so their content is compared by a key.
 */
export const TableRow = memo(function TableRow(props: TableRowProps) {
	const {layout, row, isSelected, isMarked, cursor} = props;
	const at = (nowMs: number): RowOptions => ({...props.options, nowMs, atMs: momentMs(cursor, nowMs)});
	const {nowMs} = useStore();
	// Between frames only its ages change: some each second, and most each minute or hour.
	useTimedText(nowMs => timeDependentText(layout, row, at(nowMs)));
	const before = useRowBefore(row);
	return <Line text={rowLine(layout, row, {isSelected, isMarked, before}, at(nowMs()))} />;
}, isSameLine);

function isSameLine(before: TableRowProps, after: TableRowProps): boolean {
	return (
		before.view === after.view &&
		before.isSelected === after.isSelected &&
		before.isMarked === after.isMarked &&
		before.cursor === after.cursor &&
		before.options.theme === after.options.theme &&
		before.layoutKey === after.layoutKey &&
		before.timeKey === after.timeKey
	);
}
