export type FieldValue = string | number | boolean | Fields | readonly FieldValue[];
export type Fields = {readonly [name: string]: FieldValue};

/** Fields, including unknown ones. */
export type MaybeFields = {readonly [name: string]: FieldValue | undefined};

/**
 * One group of fields without unknown ones, and without groups that are empty then. Several parts rather than `{...part}`:
 * V8 11.3 (Node 20) gives each object that begins with a spread a hidden class of its own, which is more memory than its fields.
 */
export function knownFields(...parts: readonly MaybeFields[]): Fields {
	const known: {[name: string]: FieldValue} = {};
	for (const part of parts) {
		for (const name of Object.keys(part)) {
			const value = part[name];
			if (value !== undefined && !isEmpty(value)) {
				known[name] = value;
			}
		}
	}

	return known;
}

function isEmpty(value: FieldValue): boolean {
	return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Rounded to nanocores, the precision of kubelets. */
export const cores = (value: number | undefined): number | undefined => rounded(value, 1e9);
export const roundedPerSecond = (value: number | undefined): number | undefined => rounded(value, 1000);
export const bytes = (value: number | undefined): number | undefined => rounded(value, 1);
export const seconds = (durationMs: number | undefined): number | undefined =>
	durationMs === undefined ? undefined : rounded(durationMs / 1000, 1000);

/** RFC 3339 has four digits for the year, and `Date` throws for much later times. */
const LATEST_MS = Date.UTC(10_000, 0, 1) - 1;

/** RFC 3339; undefined for times that cannot be right. */
export const time = (timeMs: number | undefined): string | undefined =>
	timeMs === undefined || timeMs < 0 || timeMs > LATEST_MS ? undefined : new Date(timeMs).toISOString();

export function rounded(value: number | undefined, parts: number): number | undefined {
	return value === undefined ? undefined : Math.round(value * parts) / parts;
}
