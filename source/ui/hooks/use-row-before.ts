import {useRef} from 'react';
import type {Row} from '../../metrics/model/row.ts';

/** The row as it was at the sample before its newest one; undefined until there were two while it was shown. */
export function useRowBefore(row: Row): Row | undefined {
	const seen = useRef<{readonly row: Row; readonly before: Row | undefined}>({row, before: undefined});
	if (sampleOf(seen.current.row) !== sampleOf(row)) {
		seen.current = {row, before: seen.current.row};
	}

	return seen.current.before;
}

/** Identifies a sample: its time, or a sum itself, which has none. */
function sampleOf(row: Row): unknown {
	switch (row.kind) {
		case 'tree':
		case 'problem':
			return sampleOf(row.of);
		case 'namespace':
		case 'workload':
		case 'group':
			return row;
		default:
			return row.receivedAtMs;
	}
}
