import type {Column} from '../../../metrics/model/column.ts';
import type {NodeRow, Row, TreeRow} from '../../../metrics/model/row.ts';
import {isFrozen} from '../../../metrics/model/status.ts';
import {formatDuration} from '../../format/numbers.ts';
import {type Cell, cellOf} from './cell.ts';
import {ageMs, type Freshness, isStale} from './row-age.ts';
import {styleOfStatus} from './status-style.ts';

/** The cell of a table: coloured statuses, indented names of the tree, and the state of nodes with their age. */
export function rowCell(row: Row, column: Column<Row>, freshness: Freshness): Cell {
	const cell = cellOf(column, row, freshness.nowMs);
	if (column.unit === 'status' && isFrozen(row)) {
		return {...cell, text: `${cell.text}?`, style: 'dim'};
	}

	if (column.unit === 'status' && cell.style === 'plain') {
		return {...cell, style: styleOfStatus(cell.text)};
	}

	if (column.unit === 'name' && row.kind === 'tree') {
		return {...cell, text: branch(row) + cell.text};
	}

	return column.unit === 'state' && row.kind === 'node' ? stateCell(row, cell, freshness) : cell;
}

/** The indentation of a row of the tree and its mark, unlike the pointer of the selection: `-` open, `+` closed, blank for a leaf. */
function branch({depth, isOpen}: TreeRow): string {
	const mark = isOpen === undefined ? ' ' : isOpen ? '-' : '+';
	return `${'  '.repeat(depth)}${mark} `;
}

function stateCell(row: NodeRow, cell: Cell, freshness: Freshness): Cell {
	const {nowMs} = freshness;
	switch (row.state.kind) {
		case 'live':
			return isStale(row, freshness)
				? {...cell, text: `stale ${formatDuration(ageMs(row, nowMs) ?? 0)}`, style: 'warning'}
				: {...cell, text: row.state.degraded === undefined ? cell.text : `${cell.text} *`, style: 'good'};
		case 'failed':
			return {...cell, style: row.info?.isVirtual ? 'dim' : 'critical'};
		case 'stored':
			return {
				...cell,
				text: `${formatDuration(Math.max(nowMs - row.state.atMs, 0))} old, ${cell.text}`,
				style: 'warning',
			};
		case 'past':
		case 'waiting':
			return {...cell, style: 'dim'};
	}
}
