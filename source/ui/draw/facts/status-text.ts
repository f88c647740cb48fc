import type {Row} from '../../../metrics/model/row.ts';
import {isFrozen, statusOf} from '../../../metrics/model/status.ts';
import {UNKNOWN} from '../../format/numbers.ts';

/** `Ready`, or `Ready?` where the API server no longer says so, as in the tables. */
export function statusText(row: Row): string {
	const status = statusOf(row);
	return status === undefined ? UNKNOWN : `${status}${isFrozen(row) ? '?' : ''}`;
}
