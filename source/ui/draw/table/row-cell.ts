import type {Column} from '../../../metrics/model/column.ts';
import type {NodeRow, Row, TreeRow} from '../../../metrics/model/row.ts';
import {formatDuration} from '../../format/numbers.ts';
import type {Theme} from '../../theme/theme.ts';
import {type Cell, cellOf} from './cell.ts';
import {ageMs, type Freshness, isStale} from './row-age.ts';
import {styleOfStatus} from './status-style.ts';

/** A cell as the table shows it: statuses in their colour, a tree's names indented, a node's state with what limits it. */
export function rowCell(row: Row, column: Column<Row>, freshness: Freshness, theme: Theme): Cell {
	const cell = cellOf(column, row, freshness.nowMs);
	if (column.unit === 'status' && isFrozen(row)) {
		return {...cell, text: `${cell.text}?`, style: 'dim'};
	}

	if (column.unit === 'status' && cell.style === 'plain') {
		return {...cell, style: styleOfStatus(cell.text)};
	}

	if (column.unit === 'name' && row.kind === 'tree') {
		return {...cell, text: branch(row, theme) + cell.text};
	}

	return column.unit === 'state' && row.kind === 'node' ? stateCell(row, cell, freshness) : cell;
}

/** Whether only an API server that is out by now knew of it. */
function isFrozen(row: Row): boolean {
	const of = row.kind === 'tree' ? row.of : row;
	return (of.kind === 'pod' || of.kind === 'container') && of.isFrozen === true;
}

/** `▾ worker-1`, `    web-0`: how deep a row of a tree lies, and whether there is more in it. */
function branch({depth, isOpen}: TreeRow, {symbols}: Theme): string {
	const [open, closed] = symbols === 'unicode' ? ['▾', '▸'] : ['-', '+'];
	const mark = isOpen === undefined ? ' ' : isOpen ? open : closed;
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
				text: `${formatDuration(nowMs - row.state.atMs)} old, ${cell.text}`,
				style: 'warning',
			};
		case 'past':
		case 'waiting':
			return {...cell, style: 'dim'};
	}
}
