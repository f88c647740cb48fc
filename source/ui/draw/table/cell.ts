import {type Column, isText} from '../../../metrics/model/column.ts';
import {printable} from '../../../metrics/model/printable.ts';
import type {Row} from '../../../metrics/model/row.ts';
import {
	formatBytes,
	formatCores,
	formatCount,
	formatDuration,
	formatPercent,
	formatRate,
	UNKNOWN,
} from '../../format/numbers.ts';
import {heat, type Style} from '../../theme/theme.ts';

export type Cell = {readonly text: string; readonly isRight: boolean; readonly style: Style};

/** The cell of a column and row: a dash for unknown values, and shares coloured by `heat`. */
export function cellOf(column: Column<Row>, row: Row, nowMs: number): Cell {
	const value = column.value(row, nowMs);
	if (value === undefined) {
		return {text: UNKNOWN, isRight: !isText(column.unit), style: 'dim'};
	}

	if (typeof value === 'string') {
		return {text: printable(value), isRight: false, style: 'plain'};
	}

	return {
		text: formatValue(column.unit, value),
		isRight: true,
		style: column.unit === 'ratio' ? heat(value) : 'plain',
	};
}

export function formatValue(unit: Column['unit'], value: number): string {
	if (value < 0) {
		return `-${formatValue(unit, -value)}`;
	}

	switch (unit) {
		case 'cores':
			return formatCores(value);
		case 'bytes':
			return formatBytes(value);
		case 'bytesPerSecond':
			return formatRate(value);
		case 'ratio':
			return formatPercent(value);
		case 'durationMs':
			return formatDuration(value);
		case 'perSecond':
			return formatCount(value);
		case 'count':
		case 'text':
		case 'name':
		case 'status':
		case 'state':
			return String(Math.round(value));
	}
}
