import type {RingMoment} from '../rings/tick-ring.ts';
import {PLACES, USAGE_NUMBERS} from './packed-usage.ts';

/** What rings keep of an object. */
export type PastFigures = {
	/**
	 * The figure of a row at a moment by its place, see `PLACES`; NaN where it is unknown, or without a moment. Undefined for
	 * one that does not change with time, which its row has.
	 */
	pastNumberAt(place: number, moment: RingMoment | undefined): number | undefined;
};

/** In place of the column of a figure: it is that of the row, the time of the moment, or in no ring. */
export const OF_ROW = -1;
export const OF_TIME = -2;
export const IN_NO_RING = -3;

/** By the places of figures, the columns of the rings that have their past. `places`: those of the columns. */
export function pastColumns(places: readonly number[]): readonly number[] {
	const columns: number[] = new Array(USAGE_NUMBERS).fill(IN_NO_RING);
	columns[PLACES.startTimeMs] = OF_ROW;
	columns[PLACES.sampleTimeMs] = OF_TIME;
	columns[PLACES.receivedAtMs] = OF_TIME;
	for (const [column, place] of places.entries()) {
		while (columns.length <= place) {
			columns.push(OF_ROW);
		}

		columns[place] = column;
	}

	return columns;
}
