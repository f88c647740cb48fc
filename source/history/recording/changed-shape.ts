import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';
import {type JsonShape, within} from './json-shape.ts';

/**
 * The misfit of a value that is another one, which fitted, with `difference` applied: only what was changed is looked at,
 * which is a small part of most readings.
 */
export function misfitOfChanged(
	{misfit, part}: JsonShape<unknown>,
	difference: unknown,
	value: unknown,
): string | undefined {
	if (part === undefined || !isJsonObject(difference) || Object.hasOwn(difference, '=')) {
		return misfit(value);
	}

	// The type fits as it did before: a difference to a part leaves an array an array.
	const parts = value as JsonObject;
	for (const [key, inner] of changesOf(difference)) {
		const known = part(key);
		const wrong = known && within(known.name, misfitOfChanged(known.shape, inner, parts[key]));
		if (wrong !== undefined) {
			return wrong;
		}
	}

	for (const key of Array.isArray(difference['-']) ? difference['-'] : []) {
		const known = part(String(key));
		if (known?.isOptional === false && !Object.hasOwn(parts, String(key))) {
			return known.name;
		}
	}

	return undefined;
}

function changesOf(difference: JsonObject): ReadonlyArray<readonly [key: string, difference: unknown]> {
	const elements = difference['#'];
	return Array.isArray(elements) ? elements : Object.entries(difference['~'] ?? {});
}
