import type {Column} from '../../../metrics/model/column.ts';
import type {Row} from '../../../metrics/model/row.ts';

export type Movement = 'up' | 'down';

/** A smaller share of the value before is no movement. */
const MIN_SHARE = 0.1;

/** Smaller changes are noise of an idle object; a count moves by any change. Units without an entry do not move. */
const MIN_CHANGE: Readonly<Partial<Record<Column['unit'], number>>> = {
	cores: 0.01,
	bytes: 2 ** 20,
	bytesPerSecond: 1000,
	count: 1,
};

/** Whether a figure moved by a tenth or more since the sample before; undefined if not, or if one of both is unknown. */
export function movementOf(column: Column<Row>, row: Row, before: Row): Movement | undefined {
	const {unit, value, ofWindow} = column;
	const least = MIN_CHANGE[unit];
	// A statistic of the window moves with each sample that comes and goes.
	if (least === undefined || ofWindow !== undefined || row.kind !== before.kind) {
		return undefined;
	}

	// Neither counts nor amounts depend on the time.
	const now = value(row, 0);
	const was = value(before, 0);
	if (typeof now !== 'number' || typeof was !== 'number') {
		return undefined;
	}

	const change = now - was;
	const isMoved =
		Math.abs(change) >= least && (unit === 'count' || Math.abs(change) >= MIN_SHARE * Math.max(now, was));
	return isMoved ? (change > 0 ? 'up' : 'down') : undefined;
}
