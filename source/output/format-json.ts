import type {Snapshot} from './snapshot.ts';

/** JSON leaves DEL and the C1 controls as they are, but a terminal that the text is printed on obeys them, and bidi marks too. */
const CONTROLS = /[\u007F-\u009F\u061C\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** One line, without its end: the form for pipes and for NDJSON. */
export function formatJsonLine(snapshot: Snapshot): string {
	return JSON.stringify(snapshot).replace(
		CONTROLS,
		character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
