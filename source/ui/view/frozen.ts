import type {Cursor, Source} from '../../metrics/model/view.ts';
import {FrozenSource} from '../../metrics/store/frozen-source.ts';

/**
 * What was live when the screen was paused stays whole; a step back looks into the rings. The result is what is frozen
 * after a change of the cursor, which `isPause` says to come from a pause.
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

/** The source of what the screen shows at a cursor. */
export function shownSource(frozen: FrozenSource | undefined, source: Source, cursor: Cursor): Source {
	return frozen?.isAt(cursor) === true ? frozen : source;
}
