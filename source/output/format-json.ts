import type {Snapshot} from './snapshot.ts';

/** DEL, C1 controls and bidi marks. JSON.stringify does not escape them, but a terminal would interpret them. */
const CONTROLS = /[\u007F-\u009F\u061C\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** The snapshot as one line without a line break, for NDJSON. */
export function formatJsonLine(snapshot: Snapshot): string {
	return JSON.stringify(snapshot).replace(
		CONTROLS,
		character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
