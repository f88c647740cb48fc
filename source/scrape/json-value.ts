/** Reading values of parsed JSON whose type is not certain. */

export type Maybe<T> = T | null | undefined;

/** The array; empty if the value is not an array. */
export function listOf<T>(value: Maybe<ReadonlyArray<Maybe<T>>>): ReadonlyArray<Maybe<T>> {
	return Array.isArray(value) ? value : [];
}

/** The string; undefined if the value is empty or not a string. */
export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
