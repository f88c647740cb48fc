import assert from 'node:assert/strict';
import {KtopError} from '../../source/metrics/model/failure.ts';

/** The result of a reader; undefined if it refused by a `KtopError` with all its parts. Throws for any other error. */
export async function soundly<T>(read: () => T | Promise<T>): Promise<T | undefined> {
	try {
		return await read();
	} catch (error) {
		if (!(error instanceof KtopError)) {
			throw error;
		}

		for (const part of ['code', 'brief', 'message', 'hint'] as const) {
			assert.ok(error[part].length > 0, `a KtopError without ${part}`);
		}

		return undefined;
	}
}

/** Asserts that no number in a value is NaN, infinite or outside the bounds. Looks into maps, arrays and objects. */
export function assertNumbers(value: unknown, {least = 0, most = Number.MAX_VALUE} = {}): void {
	// A list of its own, because foreign values may be nested deeper than the stack.
	const left: Array<readonly [path: string, value: unknown]> = [['', value]];
	for (let next = left.pop(); next !== undefined; next = left.pop()) {
		const [path, one] = next;
		if (typeof one === 'number') {
			assert.ok(one >= least && one <= most, `${path} is ${one}`);
		} else if (one instanceof Map) {
			left.push(...[...one].map(([key, inner]) => [`${path}.${key}`, inner] as const));
		} else if (typeof one === 'object' && one !== null) {
			left.push(...Object.entries(one).map(([key, inner]) => [`${path}.${key}`, inner] as const));
		}
	}
}
