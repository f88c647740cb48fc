import {nameInCluster} from '../../metrics/model/cluster-of-row.ts';
import {objectOfRow} from '../../metrics/model/object-of-row.ts';
import {printable} from '../../metrics/model/printable.ts';
import type {Row} from '../../metrics/model/row.ts';
import {fitText, widthOf} from '../format/width.ts';
import type {Theme} from '../theme/theme.ts';

/** `── node worker-01 ──────`: the line between a table and the preview of its selected row. */
export function previewTitle(row: Row, width: number, theme: Theme): string {
	const line = theme.symbols === 'unicode' ? '─' : '-';
	const {kind, name} = objectOfRow(row);
	const title = `${line}${line} ${kind} ${printable(nameInCluster(row, name))} `;
	return theme.paint(
		'dim',
		fitText(title + line.repeat(Math.max(width - widthOf(title), 0)), width, false, theme.ellipsis),
	);
}
