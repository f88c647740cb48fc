const MEASUREMENT = /[, ]/g;
const TAG = /[,= ]/g;
/** What any escape below changes. Most names have none of it, and looking for it once is cheaper than replacing. */
const SPECIAL = /[\n\r,= \\]/;

/** Text in line protocol, without a line break at its end. */
export type LineBatch = {readonly text: string; readonly lines: number};

/** What is the same in all lines of a field: they are `before`, tags, `after`, value and time. */
export type LineField = {
	readonly before: string;
	readonly after: string;
	/** InfluxDB keeps the type of a field's first value and rejects others. */
	readonly isInteger: boolean;
};

export function lineField(measurement: string, field: string, isInteger: boolean): LineField {
	return {before: escapeWith(measurement, MEASUREMENT), after: ` ${escapeTag(field)}=`, isInteger};
}

/**
 * `,name=text` for each tag, sorted, which InfluxDB recommends for speed. Names and texts come from `escapeTag`. Empty
 * texts are left out, because InfluxDB rejects them.
 */
export function tagText(tags: Readonly<Record<string, string | undefined>>): string {
	// Joined, because V8 keeps a sum of strings as a tree, which each line would walk again.
	return Object.keys(tags)
		.sort()
		.map(name => (tags[name] ? `,${name}=${tags[name]}` : ''))
		.join('');
}

/** Backslashes need no escape, but a trailing one would escape the separator behind it. */
export function escapeTag(text: string): string {
	return SPECIAL.test(text) ? escapeWith(text, TAG).replace(/\\+$/, '') : text;
}

function escapeWith(text: string, special: RegExp): string {
	return text.replace(/[\n\r]/g, ' ').replace(special, String.raw`\$&`);
}

/**
 * Points of one time in line protocol (https://docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference/),
 * in one text that grows.
 */
export class LineBuffer {
	readonly #time: string;
	#text = '';
	#lines = 0;

	constructor(timeMs: number) {
		this.#time = ` ${timeMs}`;
	}

	get lines(): number {
		return this.#lines;
	}

	/** NaN and infinity cannot be written and are left out. `tags` comes from `tagText`. */
	add({before, after, isInteger}: LineField, tags: string, value: number): void {
		if (!Number.isFinite(value)) {
			return;
		}

		const written = isInteger ? `${Math.round(value)}i` : String(value);
		this.#text += `${this.#lines === 0 ? '' : '\n'}${before}${tags}${after}${written}${this.#time}`;
		this.#lines++;
	}

	/** Takes out what was added. */
	take(): LineBatch {
		const batch = {text: this.#text, lines: this.#lines};
		this.#text = '';
		this.#lines = 0;
		return batch;
	}
}
