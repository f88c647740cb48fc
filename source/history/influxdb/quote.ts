/**
 * Quotes text for InfluxQL (github.com/influxdata/influxql `QuoteString`, `QuoteIdent`). Names from the cluster are
 * untrusted: without quoting, one could inject a statement.
 */

/** A string literal: `'it\'s'`. */
export function influxqlString(text: string): string {
	return `'${escapeText(text).replaceAll("'", String.raw`\'`)}'`;
}

/** `"cpu/usage_rate"`: the name of a measurement, tag, field, database or retention policy. */
export function influxqlIdentifier(name: string): string {
	return `"${escapeText(name).replaceAll('"', String.raw`\"`)}"`;
}

/** Backslashes first, so that added ones are not escaped again. The parser rejects line breaks within quotes. */
function escapeText(text: string): string {
	return text.replaceAll('\\', String.raw`\\`).replaceAll('\n', String.raw`\n`);
}
