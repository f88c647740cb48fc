import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';

const empty: JsonObject = {};

/** The object there, or an empty one: a missing parent reads as missing children. */
export function objectAt(parent: JsonObject, key: string): JsonObject {
	const value = parent[key];
	return isJsonObject(value) ? value : empty;
}

/** The objects of an array; what is no object is left out. A missing or null array is empty. */
export function objectsAt(parent: JsonObject, key: string): readonly JsonObject[] {
	const value = parent[key];
	return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** An empty text is a missing one: the API's optional strings are empty where they are not set. */
export function textAt(parent: JsonObject, key: string): string | undefined {
	const value = parent[key];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

export function integerAt(parent: JsonObject, key: string): number | undefined {
	const value = parent[key];
	return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

/** RFC 3339 to Unix milliseconds; a null, absent, malformed or pre-1970 time is unknown. */
export function timeAt(parent: JsonObject, key: string): number | undefined {
	const text = textAt(parent, key);
	const milliseconds = text === undefined ? Number.NaN : Date.parse(text);
	return milliseconds > 0 ? milliseconds : undefined;
}

/** A map of texts, copied key by key; other values are left out. */
export function textsAt(parent: JsonObject, key: string): Readonly<Record<string, string>> {
	const entries = Object.entries(objectAt(parent, key));
	return Object.fromEntries(
		entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
	);
}
