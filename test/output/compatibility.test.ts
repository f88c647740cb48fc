import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';

const fixtures = join(import.meta.dirname, '../fixtures/snapshot');

/** The schema as it was when `ktop/v1` was first described. */
const then = JSON.parse(readFileSync(join(fixtures, 'schema-v1.json'), 'utf8'));
const now = JSON.parse(
	readFileSync(join(import.meta.dirname, '../../source/output/snapshot.schema.json'), 'utf8'),
);

/** What readers rely on: each path of the schema, but the words that describe it, with its value. */
function promises(schema: unknown, path = ''): ReadonlyMap<string, string> {
	if (typeof schema !== 'object' || schema === null) {
		return new Map([[path, JSON.stringify(schema)]]);
	}

	if (Array.isArray(schema)) {
		// The order of enumerations and of required fields means nothing.
		return new Map(schema.map(item => [`${path}/${JSON.stringify(item)}`, 'there']));
	}

	return new Map(
		Object.entries(schema).flatMap(([key, value]) =>
			key === 'description' && typeof value === 'string' ? [] : [...promises(value, `${path}/${key}`)],
		),
	);
}

function broken(before: unknown, after: unknown): readonly string[] {
	const kept = promises(after);
	return [...promises(before)].filter(([path, value]) => kept.get(path) !== value).map(([path]) => path);
}

describe('the JSON of ktop/v1', () => {
	test('has every field, type, value and certainty that it had', () => {
		expect(broken(then, now)).toEqual([]);
	});

	test.each([
		['a field is gone', (schema: typeof now) => delete schema.$defs.node.properties.roles],
		['a field has another type', (schema: typeof now) => (schema.$defs.node.properties.name.type = 'number')],
		['a field is no longer certain', (schema: typeof now) => (schema.required = schema.required.slice(1))],
	])('would be another version if %s', (_, change) => {
		const changed = structuredClone(then);
		change(changed);
		expect(broken(then, changed)).not.toEqual([]);
	});

	test('may have more fields', () => {
		const more = structuredClone(then);
		more.$defs.node.properties.temperature = {type: 'number'};
		expect(broken(then, more)).toEqual([]);
	});
});
