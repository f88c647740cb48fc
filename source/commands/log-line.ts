import type {Log, LogValue} from '../metrics/model/log.ts';
import {printable, printableJson} from '../metrics/model/printable.ts';

/** Longer values are cut off: messages quote servers. In UTF-16 units. */
const LONGEST_VALUE = 4096;

/** Values that need no quotes. */
const PLAIN = /^[\w.:/@+,%…-]+$/u;

/** One event as a line of logfmt: `time=… level=warn msg="node cannot be read" node=a code=refused`. */
export function logLine(
	timeMs: number,
	level: Parameters<Log>[0],
	event: string,
	details: Readonly<Record<string, LogValue>> = {},
): string {
	const fields = Object.entries({
		time: new Date(timeMs).toISOString(),
		level,
		msg: event,
		...details,
	}).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${quoted(String(value))}`]));
	return `${fields.join(' ')}\n`;
}

function quoted(value: string): string {
	const text = value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
	return PLAIN.test(text) && printable(text) === text ? text : printableJson(text);
}
