/** A JSON object whose fields have not been checked yet. */
export type JsonObject = {readonly [name: string]: unknown};

/** True for objects; false for arrays and null. */
export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parsed value, or undefined if the text is not valid JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
