import type {Cursor, Source} from '../../metrics/model/view.ts';
import {FrozenSource} from '../../metrics/store/frozen-source.ts';

/**
 * Returns the frozen source after a change of the cursor. A pause freezes the live rows, because rings have fewer figures
 * than rows; stepping in time reads the rings.
 */
export function frozenAfter(
	frozen: FrozenSource | undefined,
	source: Source,
	{before, after, isPause}: {readonly before: Cursor; readonly after: Cursor; readonly isPause: boolean},
): FrozenSource | undefined {
	if (after === 'live') {
		return undefined;
	}

	return isPause && before === 'live' ? new FrozenSource(source, after.atMs) : frozen;
}

/** The source to read at a cursor: the frozen one at the time of the pause, else the live one. */
export function shownSource(frozen: FrozenSource | undefined, source: Source, cursor: Cursor): Source {
	return frozen?.isAt(cursor) === true ? frozen : source;
}
