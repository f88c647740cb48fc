import fc from 'fast-check';
import {anyText} from './any-text.ts';

export type Json = null | boolean | number | string | Json[] | {[key: string]: Json};

/** JSON text that JSON.stringify cannot make, in place of a value: it is written as a marker and replaced in the text. */
const RAW: readonly string[] = [
	'1e999',
	'-1e999',
	'1e308',
	'18446744073709551615',
	'9223372036854775808',
	'0.1e-400',
	'"\\ud800"',
	'"\\u0000\\u001b[2J"',
	`${'['.repeat(20_000)}${']'.repeat(20_000)}`,
	`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
	'{"__proto__":{"x":1},"constructor":1,"toString":1,"valueOf":null}',
	'{"toString":null}',
	'{"length":1e9}',
];
const MARKER = '\u{F0000}';

const values: fc.Arbitrary<Json> = fc.oneof(
	fc.constantFrom<Json>(
		null,
		-1,
		0,
		1.8e19,
		2 ** 63,
		2 ** 53,
		1e300,
		'',
		'x',
		[],
		[null],
		{},
		true,
		'1e999',
		'-5Gi',
	),
	fc.constantFrom(
		'2026-11-27T00:00:00Z',
		'9999-99-99T99:99:99Z',
		'0001-01-01T00:00:00Z',
		'-000001-01-01T00:00:00Z',
	),
	fc.nat(RAW.length - 1).map(index => `${MARKER}${index}${MARKER}`),
	fc.jsonValue({maxDepth: 2}) as fc.Arbitrary<Json>,
	anyText(10),
);

type Damage =
	| {readonly kind: 'replace'; readonly place: number; readonly value: Json}
	| {readonly kind: 'remove' | 'repeat'; readonly place: number}
	| {readonly kind: 'move'; readonly place: number; readonly to: number};

/** The text of a tree that was damaged at a few places: values replaced, removed, repeated and moved. */
export function damagedJson(tree: Json): fc.Arbitrary<string> {
	const places = placesOf(tree);
	const place = fc.nat(places.length - 1);
	const damage: fc.Arbitrary<Damage> = fc.oneof(
		{weight: 6, arbitrary: fc.record({kind: fc.constant('replace' as const), place, value: values})},
		{weight: 2, arbitrary: fc.record({kind: fc.constantFrom('remove' as const, 'repeat' as const), place})},
		{weight: 1, arbitrary: fc.record({kind: fc.constant('move' as const), place, to: place})},
	);
	return fc.array(damage, {minLength: 1, maxLength: 8}).map(damages => {
		const copy: {root: Json} = {root: structuredClone(tree)};
		for (const one of damages) {
			apply(copy, places, one);
		}

		return JSON.stringify(copy.root ?? null).replace(
			new RegExp(`"${MARKER}(\\d+)${MARKER}"`, 'gu'),
			(_, index) => RAW[Number(index)] ?? '',
		);
	});
}

type Place = readonly string[];

function placesOf(tree: Json, path: Place = ['root']): readonly Place[] {
	return typeof tree === 'object' && tree !== null
		? [path, ...Object.entries(tree).flatMap(([key, value]) => placesOf(value, [...path, key]))]
		: [path];
}

function apply(copy: {root: Json}, places: readonly Place[], damage: Damage): void {
	const path = places[damage.place] ?? [];
	const [parent, key] = parentOf(copy, path);
	if (parent === undefined) {
		return;
	}

	switch (damage.kind) {
		case 'replace':
			parent[key] = structuredClone(damage.value);
			break;
		case 'remove':
			delete parent[key];
			break;
		case 'repeat':
			if (Array.isArray(parent)) {
				parent.push(structuredClone(parent[key] ?? null));
			}

			break;
		case 'move': {
			const [from, name] = parentOf(copy, places[damage.to] ?? []);
			// An earlier move may have made an object an array, which inherits functions of such names as `values`.
			parent[key] = structuredClone(
				from !== undefined && Object.hasOwn(from, name) ? (from[name] ?? null) : null,
			);
		}
	}
}

/** The object or array that holds a place; undefined if earlier damage removed it. */
function parentOf(
	copy: {root: Json},
	path: Place,
): readonly [parent: {[key: string]: Json} | undefined, key: string] {
	let at: Json | undefined = copy;
	for (const key of path.slice(0, -1)) {
		at = typeof at === 'object' && at !== null ? (at as {[key: string]: Json})[key] : undefined;
	}

	return [
		typeof at === 'object' && at !== null ? (at as {[key: string]: Json}) : undefined,
		path.at(-1) ?? '',
	];
}
