/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | {readonly [key: string]: Json};

/**
 * The change from one value to another:
 * - a primitive: the new value;
 * - `{"=": value}`: the new array or object, as a whole;
 * - `{"~": {key: difference}, "-": [key]}`: changed and removed keys of an object;
 * - `{"#": [[index, difference]]}`: changed elements of an array of the same length.
 */
export type Difference =
	| null
	| boolean
	| number
	| string
	| {readonly '=': Json}
	| {readonly '~'?: {readonly [key: string]: Difference}; readonly '-'?: readonly string[]}
	| {readonly '#': ReadonlyArray<readonly [index: number, difference: Difference]>};

type JsonObject = {readonly [key: string]: Json | undefined};

/** Undefined if both are equal. Keys with an undefined value count as absent, as in JSON. */
export function differenceOf(before: Json | undefined, after: Json): Difference | undefined {
	// Unchanged parts are mostly the same object.
	if (before === after) {
		return undefined;
	}

	if (isArray(before) && isArray(after) && before.length === after.length) {
		const changed = after.flatMap((value, index): ReadonlyArray<readonly [number, Difference]> => {
			const difference = differenceOf(before[index], value);
			return difference === undefined ? [] : [[index, difference]];
		});
		return changed.length === 0 ? undefined : {'#': changed};
	}

	if (isObject(before) && isObject(after)) {
		return differenceOfObjects(before, after);
	}

	return isPrimitive(after) ? after : {'=': after};
}

/** Throws `TypeError` if the difference is malformed or does not match `before`. */
export function applyDifference(before: Json | undefined, difference: unknown): Json {
	if (isPrimitive(difference)) {
		return difference;
	}

	if (!isObject(difference)) {
		throw new TypeError('a malformed difference');
	}

	if (Object.hasOwn(difference, '=')) {
		return difference['='] ?? null;
	}

	if (Object.hasOwn(difference, '#')) {
		return applyToArray(before, difference['#']);
	}

	return applyToObject(before, difference);
}

function differenceOfObjects(before: JsonObject, after: JsonObject): Difference | undefined {
	const changed = Object.entries(after).flatMap(
		([key, value]): ReadonlyArray<readonly [string, Difference]> => {
			const difference =
				value === undefined
					? undefined
					: differenceOf(Object.hasOwn(before, key) ? before[key] : undefined, value);
			return difference === undefined ? [] : [[key, difference]];
		},
	);
	const gone = Object.keys(before).filter(
		key => before[key] !== undefined && (!Object.hasOwn(after, key) || after[key] === undefined),
	);
	return changed.length === 0 && gone.length === 0
		? undefined
		: {
				// fromEntries creates own properties, even for the name `__proto__`.
				...(changed.length === 0 ? {} : {'~': Object.fromEntries(changed)}),
				...(gone.length === 0 ? {} : {'-': gone}),
			};
}

function applyToArray(before: Json | undefined, changed: unknown): Json {
	if (!isArray(before) || !isArray(changed)) {
		throw new TypeError('a difference to a missing array');
	}

	const after = [...before];
	for (const entry of changed) {
		const [index, difference] = isArray(entry) ? entry : [];
		if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= before.length) {
			throw new TypeError('a difference to a missing element');
		}

		after[index] = applyDifference(before[index], difference);
	}

	return after;
}

function applyToObject(before: Json | undefined, difference: JsonObject): Json {
	const changed = difference['~'] ?? {};
	const gone = difference['-'] ?? [];
	if (!isObject(before) || !isObject(changed) || !isArray(gone)) {
		throw new TypeError('a difference to a missing object');
	}

	const after: {[key: string]: Json | undefined} = {...before};
	for (const key of gone) {
		delete after[String(key)];
	}

	for (const key of Object.keys(changed)) {
		const value = applyDifference(Object.hasOwn(after, key) ? after[key] : undefined, changed[key]);
		if (key === '__proto__') {
			// Assigned, it would not become a field.
			Object.defineProperty(after, key, {value, configurable: true, enumerable: true, writable: true});
		} else {
			after[key] = value;
		}
	}

	return after as Json;
}

function isPrimitive(value: unknown): value is null | boolean | number | string {
	return (
		value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string'
	);
}

function isArray(value: unknown): value is readonly Json[] {
	return Array.isArray(value);
}

function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
