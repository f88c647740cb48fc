/** One point with one field, `value`, as Heapster writes them. */
export type Point = {
	readonly measurement: string;
	/** Empty values are left out: the store takes none. */
	readonly tags: Readonly<Record<string, string | undefined>>;
	readonly field: string;
	readonly value: number;
	/** A field of a measurement is of one type for ever: what is whole once must be written so always. */
	readonly isInteger: boolean;
};

const MEASUREMENT = /[, ]/g;
const TAG = /[,= ]/g;

/**
 * A line of the protocol (https://docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference/), without its
 * line break; undefined where the value is no number that can be written. Tags in order, as the store likes them.
 */
export function lineOf(
	{measurement, tags, field, value, isInteger}: Point,
	timeMs: number,
): string | undefined {
	if (!Number.isFinite(value)) {
		return undefined;
	}

	const named = Object.entries(tags)
		.filter((tag): tag is [string, string] => tag[1] !== undefined && tag[1] !== '')
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, text]) => `,${escapeTag(name)}=${escapeTag(text)}`);
	const written = isInteger ? `${Math.round(value)}i` : String(value);
	return `${escapeWith(measurement, MEASUREMENT)}${named.join('')} ${escapeTag(field)}=${written} ${timeMs}`;
}

/** A backslash stands for itself, but at the end it would take the comma or blank behind it along. */
function escapeTag(text: string): string {
	return escapeWith(text, TAG).replace(/\\+$/, '');
}

function escapeWith(text: string, special: RegExp): string {
	return text.replace(/[\n\r]/g, ' ').replace(special, String.raw`\$&`);
}
