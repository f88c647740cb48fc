import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseListPage} from '../../../source/cluster/inventory/list-page.ts';

const recordedPage = (name: string) =>
	readFileSync(join(import.meta.dirname, '../../fixtures/apiserver', name), 'utf8');
const itemsOf = (text: string): readonly unknown[] | undefined =>
	parseListPage(text)?.items(object => object);

/** Objects that begin with their metadata, within which there are such objects again. */
const {item} = fc.letrec<{item: {metadata: unknown}}>(tie => ({
	item: fc.record({
		metadata: fc.record({name: fc.string(), annotations: fc.dictionary(fc.string(), fc.string())}),
		spec: fc.oneof(
			{maxDepth: 3},
			fc.jsonValue({maxDepth: 2}),
			fc.array(tie('item')),
			fc.constantFrom('},{"metadata":', '"items":[', ']}'),
		),
	}),
}));

describe('a page of a list', () => {
	test('has the items and the head that JSON.parse finds, whatever is in them', () => {
		fc.assert(
			fc.property(
				fc.array(item),
				fc.jsonValue({maxDepth: 2}),
				fc.constantFrom(undefined, 2),
				(items, metadata, indent) => {
					const text = JSON.stringify({kind: 'PodList', metadata, items}, undefined, indent);
					const parsed = JSON.parse(text);
					expect(itemsOf(text)).toEqual(parsed.items);
					expect(parseListPage(text)?.head).toMatchObject({kind: 'PodList', metadata: parsed.metadata});
				},
			),
		);
	});

	test.each(['pods-limit5-page1.json', 'nodes.json'])('as the API server sends it is the same: %s', name => {
		expect(itemsOf(recordedPage(name))).toEqual(JSON.parse(recordedPage(name)).items);
	});

	test.each([
		['metadata that follows', '{"items":[{"metadata":{"name":"a"}}],"metadata":{"x":[1]}}', 1],
		['another list before', '{"metadata":{"items":[1,2]},"items":[{"metadata":{}}]}', 1],
		['items that begin with their kind', '{"items":[{"kind":"Pod","metadata":{}},{"kind":"Pod"}]}', 2],
		['what is no object', '{"items":[1,{"metadata":{}},null,"x"]}', 1],
		['no items', '{"items":[]}', 0],
		['null', '{"items":null}', 0],
		['none', '{}', 0],
	])('with %s has its items all the same', (_what, text, count) => {
		expect(itemsOf(text)).toHaveLength(count);
	});

	test.each(['', 'x', '[]', 'null', '{"items":[{"metadata":{}}', '{"items":[}]'])('is none: %j', text => {
		expect(itemsOf(text) ?? []).toEqual([]);
	});

	test('leaves out items of which nothing is made', () => {
		const page = parseListPage('{"items":[{"metadata":1},{"metadata":2},{"metadata":3}]}');
		const odd = page?.items(object => (JSON.stringify(object).includes('2') ? undefined : 'kept'));
		expect(odd).toEqual(['kept', 'kept']);
	});
});
