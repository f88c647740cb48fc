/**
 * Text as InfluxQL takes it, whatever is in it (github.com/influxdata/influxql `QuoteString`, `QuoteIdent`). Names of a
 * cluster are not trusted: unquoted, one could end the text it stands in and begin a statement of its own.
 */

/** `'it\'s'`: a value, as in `"pod_name" = 'web-0'`. */
export function influxqlString(text: string): string {
	return `'${escapeText(text).replaceAll("'", String.raw`\'`)}'`;
}

/** `"cpu/usage_rate"`: a measurement, tag, field, database or retention policy. */
export function influxqlIdentifier(name: string): string {
	return `"${escapeText(name).replaceAll('"', String.raw`\"`)}"`;
}

/** Backslashes first, so that those that are added stay single; a line break within quotes is an error to the parser. */
function escapeText(text: string): string {
	return text.replaceAll('\\', String.raw`\\`).replaceAll('\n', String.raw`\n`);
}
