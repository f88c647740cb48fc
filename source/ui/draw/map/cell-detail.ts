import {layoutOf} from '../../../metrics/columns/columns.ts';
import {nameInCluster} from '../../../metrics/model/cluster-of-row.ts';
import type {Column} from '../../../metrics/model/column.ts';
import {printable} from '../../../metrics/model/printable.ts';
import type {Row} from '../../../metrics/model/row.ts';
import type {View} from '../../../metrics/model/view.ts';
import {fitLine, fitName, widthOf} from '../../format/width.ts';
import {pointerOf} from '../../theme/pointer.ts';
import type {Theme} from '../../theme/theme.ts';
import type {Freshness} from '../table/row-age.ts';
import {rowCell} from '../table/row-cell.ts';

const MAX_NAME = 40;

/** The selected cell in one line: its name, the value on the map, and the table's columns in the order of their importance. */
export function cellDetail(
	view: View,
	row: Row | undefined,
	measure: Column<Row>,
	{width, freshness, theme}: {readonly width: number; readonly freshness: Freshness; readonly theme: Theme},
): string {
	if (row === undefined) {
		return ' '.repeat(width);
	}

	const pointer = pointerOf(theme);
	const name = printable(nameInCluster(row));
	const shown = fitName(name, Math.min(widthOf(name), MAX_NAME), theme.ellipsis);
	let text = `${pointer} ${theme.paint('title', shown)}`;
	for (const column of inOrder(view, measure)) {
		const cell = rowCell(row, column, freshness);
		const next = `${text}  ${theme.paint('dim', column.heading)} ${theme.paint(cell.style, cell.text)}`;
		if (widthOf(next) > width) {
			break;
		}

		text = next;
	}

	return fitLine(text, width, theme.ellipsis);
}

function inOrder({columns, level}: View, measure: Column<Row>): ReadonlyArray<Column<Row>> {
	const all: ReadonlyArray<Column<Row>> = columns;
	const ranked = [...layoutOf(level).defaults].sort((one, other) => one.rank - other.rank);
	const others = ranked.flatMap(({id}) => all.find(column => column.id === id) ?? []);
	return [measure, ...others.filter(({id, unit}) => id !== measure.id && unit !== 'name')];
}
