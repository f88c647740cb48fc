/** A point with a single field. */
export type Point = {
	readonly measurement: string;
	/** Empty values are left out, because InfluxDB rejects them. */
	readonly tags: Readonly<Record<string, string | undefined>>;
	readonly field: string;
	readonly value: number;
	/** InfluxDB keeps the type of a field's first value and rejects others. */
	readonly isInteger: boolean;
};

const MEASUREMENT = /[, ]/g;
const TAG = /[,= ]/g;

/**
 * A point in line protocol (https://docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference/), without
 * the line break; undefined for NaN and infinity. Tags are sorted, which InfluxDB recommends for speed.
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

/** Backslashes need no escape, but a trailing one would escape the separator behind it. */
function escapeTag(text: string): string {
	return escapeWith(text, TAG).replace(/\\+$/, '');
}

function escapeWith(text: string, special: RegExp): string {
	return text.replace(/[\n\r]/g, ' ').replace(special, String.raw`\$&`);
}
