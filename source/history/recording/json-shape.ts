import {LATEST_DATE_MS} from '../../metrics/model/date-range.ts';
import {isJsonObject} from '../../metrics/model/json.ts';

/** What parsed JSON has to be like to be a `T`. */
export type JsonShape<T> = {
	/**
	 * Undefined if a value fits, or else the path to its first part that does not: `pods.*.cpu.timeMs`, empty for the value
	 * itself. It has no keys of the value but those of the shape, since others may be any text.
	 */
	readonly misfit: (value: unknown) => string | undefined;
	/** The shape of a part of a value; absent where it depends on other parts. */
	readonly part?: (key: string) => ShapeOfPart | undefined;
	/** Never there: it ties the shape to its type. */
	readonly type?: T;
};

export type ShapeOfPart = {
	/** Its name in paths. */
	readonly name: string;
	readonly shape: JsonShape<unknown>;
	readonly isOptional: boolean;
};

export const text = simple<string>(value => typeof value === 'string');

export const flag = simple<boolean>(value => typeof value === 'boolean');

/** Not infinity, which JSON can hold as `1e999`. */
export const finite = simple<number>(Number.isFinite);

/** A size, a counter or a rate: finite and not negative. */
export const amount = simple<number>(
	value => typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY,
);

/** Unix milliseconds within the range of `Date`. */
export const time = simple<number>(value => typeof value === 'number' && Math.abs(value) <= LATEST_DATE_MS);

/** One of the keys of `words`. They are keys, so that none of the type can be missing. */
export function word<T extends string>(words: Readonly<Record<T, true>>): JsonShape<T> {
	return simple(value => typeof value === 'string' && Object.hasOwn(words, value));
}

export function list<T>(shape: JsonShape<T>): JsonShape<readonly T[]> {
	const element: ShapeOfPart = {name: '*', shape, isOptional: false};
	return {
		misfit: value => {
			if (!Array.isArray(value)) {
				return '';
			}

			for (const each of value) {
				const misfit = misfitOfPart(element, each);
				if (misfit !== undefined) {
					return misfit;
				}
			}

			return undefined;
		},
		part: () => element,
	};
}

/** An object with any keys. */
export function record<T>(shape: JsonShape<T>): JsonShape<{readonly [key: string]: T}> {
	const field: ShapeOfPart = {name: '*', shape, isOptional: true};
	return {
		misfit: value => {
			if (!isJsonObject(value)) {
				return '';
			}

			for (const key in value) {
				const misfit = misfitOfPart(field, value[key]);
				if (misfit !== undefined) {
					return misfit;
				}
			}

			return undefined;
		},
		part: () => field,
	};
}

/** The fields that may be undefined are optional: JSON has no other way to say so. */
type OptionalName<T> = {[K in keyof T]-?: undefined extends T[K] ? K : never}[keyof T];
type Shapes<T> = {readonly [K in keyof T]: JsonShape<Exclude<T[K], undefined>>};

/** Other fields may be anything, since a newer ktop may have written them. */
export function object<T extends object>(
	required: Shapes<Omit<T, OptionalName<T>>>,
	optional: Shapes<Required<Pick<T, OptionalName<T>>>>,
): JsonShape<T> {
	const fields = [...parts(required, false), ...parts(optional, true)];
	const byName = new Map(fields.map(field => [field.name, field]));
	return {
		misfit: value => {
			if (!isJsonObject(value)) {
				return '';
			}

			for (const field of fields) {
				const misfit = misfitOfPart(field, value[field.name]);
				if (misfit !== undefined) {
					return misfit;
				}
			}

			return undefined;
		},
		part: name => byName.get(name),
	};
}

/** An object of one of several types, told apart by `kind`: the shapes are those of the rest of it. */
export function variants<T extends {readonly kind: string}>(
	shapes: {readonly [K in T['kind']]: JsonShape<Omit<Extract<T, {readonly kind: K}>, 'kind'>>},
): JsonShape<T> {
	const byKind = new Map<unknown, JsonShape<unknown>>(Object.entries(shapes));
	return {
		misfit: value => {
			if (!isJsonObject(value)) {
				return '';
			}

			const shape = byKind.get(value.kind);
			return shape === undefined ? 'kind' : shape.misfit(value);
		},
	};
}

function misfitOfPart({name, shape, isOptional}: ShapeOfPart, value: unknown): string | undefined {
	return value === undefined && isOptional ? undefined : within(name, shape.misfit(value));
}

/** A path from a part, as one from what holds it. */
export function within(name: string, misfit: string | undefined): string | undefined {
	return misfit === undefined ? undefined : misfit === '' ? name : `${name}.${misfit}`;
}

function simple<T>(fits: (value: unknown) => boolean): JsonShape<T> {
	return {misfit: value => (fits(value) ? undefined : '')};
}

function parts(shapes: object, isOptional: boolean): readonly ShapeOfPart[] {
	return Object.entries<JsonShape<unknown>>({...shapes}).map(([name, shape]) => ({name, shape, isOptional}));
}
