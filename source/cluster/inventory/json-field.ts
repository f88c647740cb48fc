import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';

const empty: JsonObject = {};

/** The object field, or an empty object, so that fields of a missing object read as missing. */
export function objectAt(parent: JsonObject, key: string): JsonObject {
	const value = parent[key];
	return isJsonObject(value) ? value : empty;
}

/** The objects of an array field. Skips other elements; a missing or null array is empty. */
export function objectsAt(parent: JsonObject, key: string): readonly JsonObject[] {
	const value = parent[key];
	return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The string field; undefined if empty, because unset optional strings of the API are empty. */
export function textAt(parent: JsonObject, key: string): string | undefined {
	const value = parent[key];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

export function integerAt(parent: JsonObject, key: string): number | undefined {
	const value = parent[key];
	return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

/** The RFC 3339 field in Unix milliseconds; undefined if missing, malformed or before 1970. */
export function timeAt(parent: JsonObject, key: string): number | undefined {
	const text = textAt(parent, key);
	const milliseconds = text === undefined ? Number.NaN : Date.parse(text);
	return milliseconds > 0 ? milliseconds : undefined;
}

/** A copy of a map of strings without other values; `each` may replace a string by an equal one. */
export function textsAt(
	parent: JsonObject,
	key: string,
	each: (text: string) => string = text => text,
): Readonly<Record<string, string>> {
	return Object.fromEntries(
		Object.entries(objectAt(parent, key)).flatMap(([name, value]) =>
			typeof value === 'string' ? [[name, each(value)] as const] : [],
		),
	);
}
