import {heat, type Style} from '../../theme/theme.ts';
import {isShare, type MapFigures} from './map-figures.ts';

/** Marks beside the digits 0 to 9, which are tenths of the top. */
export const ABOVE = '+';
export const UNKNOWN_MARK = '?';
export const TROUBLED = '!';
export const ENDED = '.';

/** One character for a cell: the sign of its problem, else a digit for its value. */
export function markOf({values, conditions, top}: MapFigures, index: number): string {
	if (conditions[index] === 'troubled') {
		return TROUBLED;
	}

	const share = (values[index] ?? Number.NaN) / top;
	if (Number.isNaN(share)) {
		return conditions[index] === 'ended' ? ENDED : UNKNOWN_MARK;
	}

	return share > 1 ? ABOVE : String(Math.min(Math.max(Math.floor(share * 10), 0), 9));
}

/** Shares are coloured by how full they are, other values by how near they are to the highest. */
export function styleOfCell(figures: MapFigures, index: number): Style {
	const {values, conditions, top, column} = figures;
	if (conditions[index] === 'troubled') {
		return 'critical';
	}

	const share = (values[index] ?? Number.NaN) / top;
	if (Number.isNaN(share)) {
		return 'dim';
	}

	if (isShare(column)) {
		const style = heat(share);
		return style === 'plain' && share >= BUSY ? 'good' : style;
	}

	return share >= BUSY ? 'accent' : 'plain';
}

/** Values below this share of the top are plain. */
const BUSY = 0.3;
