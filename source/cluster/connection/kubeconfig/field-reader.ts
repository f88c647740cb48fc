import {KtopError} from '../../../metrics/model/failure.ts';
import {isJsonObject} from '../../../metrics/model/json.ts';

/**
 * Reads untyped kubeconfig values. Errors have the path of the field (`users[2].user.exec.command`) and never its
 * value, which may be a secret.
 */
export type FieldReader = {
	readonly file: string;
	readonly path: string;
	/** Undefined if absent, null or empty; numbers and booleans are converted to text, as in kubectl. */
	readonly text: (name: string) => string | undefined;
	readonly flag: (name: string) => boolean;
	readonly object: (name: string) => FieldReader | undefined;
	readonly objects: (name: string) => readonly FieldReader[];
	readonly texts: (name: string) => readonly string[];
	readonly keys: () => readonly string[];
	readonly raw: (name: string) => unknown;
	readonly fail: (name: string, problem: string, hint?: string) => KtopError;
};

export const kubeconfigError = (message: string, hint: string): KtopError =>
	new KtopError({code: 'usage', brief: 'kubeconfig invalid', message, hint});

const typeName = (value: unknown): string => {
	if (Array.isArray(value)) {
		return 'a list';
	}
	if (typeof value === 'object') {
		return 'a map';
	}
	if (typeof value === 'string') {
		return 'text';
	}
	return typeof value === 'boolean' ? 'true or false' : 'a number';
};

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

const asText = (value: unknown): string | undefined =>
	typeof value === 'string' ||
	typeof value === 'number' ||
	typeof value === 'bigint' ||
	typeof value === 'boolean'
		? String(value)
		: undefined;

/** Booleans of YAML 1.1, which kubectl reads. The YAML 1.2 parser used here returns them as strings. */
const flagWords: ReadonlyMap<string, boolean> = new Map(
	[true, false].flatMap(flag =>
		(flag ? ['y', 'yes', 'on', 'true'] : ['n', 'no', 'off', 'false']).map(word => [word, flag] as const),
	),
);

const asFlag = (value: unknown): boolean | undefined =>
	typeof value === 'string'
		? flagWords.get(value.toLowerCase())
		: typeof value === 'boolean'
			? value
			: undefined;

/** @throws KtopError `usage` if `value` is not a map. */
export function readFields(value: unknown, file: string, path = ''): FieldReader {
	if (!isJsonObject(value)) {
		const subject = path === '' ? file : `${file}: ${path}`;
		throw kubeconfigError(
			`${subject} must be a map, not ${typeName(value)}`,
			'compare with the output of: kubectl config view',
		);
	}

	const at = (name: string) => (path === '' ? name : `${path}.${name}`);
	// `hasOwn`, because keys such as `constructor` are inherited by every object.
	const raw = (name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined);
	const fail = (
		name: string,
		problem: string,
		hint = 'correct this field, or compare with: kubectl config view',
	) => kubeconfigError(`${file}: ${at(name)} ${problem}`, hint);
	const list = (name: string): readonly unknown[] => {
		const found = raw(name);
		if (isAbsent(found)) {
			return [];
		}
		if (!Array.isArray(found)) {
			throw fail(name, `must be a list, not ${typeName(found)}`);
		}
		return found;
	};

	return {
		file,
		path,
		raw,
		fail,
		keys: () => Object.keys(value),
		text: name => {
			const found = raw(name);
			if (isAbsent(found)) {
				return undefined;
			}
			const text = asText(found);
			if (text === undefined) {
				throw fail(name, `must be text, not ${typeName(found)}`);
			}
			return text === '' ? undefined : text;
		},
		flag: name => {
			const found = raw(name);
			if (isAbsent(found)) {
				return false;
			}
			const flag = asFlag(found);
			if (flag === undefined) {
				throw fail(name, `must be true or false, not ${typeName(found)}`);
			}
			return flag;
		},
		object: name => {
			const found = raw(name);
			return isAbsent(found) ? undefined : readFields(found, file, at(name));
		},
		objects: name => list(name).map((item, index) => readFields(item ?? {}, file, `${at(name)}[${index}]`)),
		texts: name =>
			list(name).map((item, index) => {
				const text = asText(item);
				if (text === undefined) {
					throw fail(`${name}[${index}]`, `must be text, not ${typeName(item)}`);
				}
				return text;
			}),
	};
}
