import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseListPage} from '../../../source/cluster/inventory/list-page.ts';

const recordedPage = (name: string) =>
	readFileSync(join(import.meta.dirname, '../../fixtures/apiserver', name), 'utf8');
const itemsOf = async (text: string): Promise<readonly unknown[] | undefined> =>
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
	test('has the items and the head that JSON.parse finds, whatever is in them', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(item),
				fc.jsonValue({maxDepth: 2}),
				fc.constantFrom(undefined, 2),
				async (items, metadata, indent) => {
					const text = JSON.stringify({kind: 'PodList', metadata, items}, undefined, indent);
					const parsed = JSON.parse(text);
					expect(await itemsOf(text)).toEqual(parsed.items);
					expect(parseListPage(text)?.head).toMatchObject({kind: 'PodList', metadata: parsed.metadata});
				},
			),
		);
	});

	test.each(['pods-limit5-page1.json', 'nodes.json'])(
		'as the API server sends it is the same: %s',
		async name => {
			expect(await itemsOf(recordedPage(name))).toEqual(JSON.parse(recordedPage(name)).items);
		},
	);

	test.each([
		['metadata that follows', '{"items":[{"metadata":{"name":"a"}}],"metadata":{"x":[1]}}', 1],
		['another list before', '{"metadata":{"items":[1,2]},"items":[{"metadata":{}}]}', 1],
		['items that begin with their kind', '{"items":[{"kind":"Pod","metadata":{}},{"kind":"Pod"}]}', 2],
		['what is no object', '{"items":[1,{"metadata":{}},null,"x"]}', 1],
		['no items', '{"items":[]}', 0],
		['null', '{"items":null}', 0],
		['none', '{}', 0],
	])('with %s has its items all the same', async (_what, text, count) => {
		expect(await itemsOf(text)).toHaveLength(count);
	});

	test.each(['', 'x', '[]', 'null', '{"items":[{"metadata":{}}', '{"items":[}]'])(
		'is none: %j',
		async text => {
			expect((await itemsOf(text)) ?? []).toEqual([]);
		},
	);

	test('is decoded in turns of the event loop, between which others have theirs', async () => {
		let others = 0;
		const other = setInterval(() => others++, 1);
		const text = JSON.stringify({items: Array.from({length: 4}, () => ({metadata: {}}))});
		await parseListPage(text)?.items(object => {
			const untilMs = performance.now() + 10;
			while (performance.now() < untilMs) {}
			return object;
		});
		clearInterval(other);
		expect(others).toBeGreaterThan(1);
	});

	test('leaves out items of which nothing is made', async () => {
		const page = parseListPage('{"items":[{"metadata":1},{"metadata":2},{"metadata":3}]}');
		const odd = await page?.items(object => (JSON.stringify(object).includes('2') ? undefined : 'kept'));
		expect(odd).toEqual(['kept', 'kept']);
	});
});
