import {describe, expect, test} from 'vitest';
import {createCollectionStore} from '../../../source/cluster/inventory/collection-store.ts';

type Item = {readonly key: string; readonly version: number};

function storeOfItems() {
	const changes: Array<string | undefined> = [];
	const store = createCollectionStore<Item>(
		({key}) => key,
		key => changes.push(key),
	);
	return {store, changes};
}

/** So many that they are put in in several turns, if each takes its time. */
function* slowItems(count: number, version: number): Generator<Item> {
	for (let index = 0; index < count; index++) {
		const untilMs = performance.now() + (index % 512 === 0 ? 5 : 0);
		while (performance.now() < untilMs) {}
		yield {key: `${index}`, version};
	}
}

/** Whose keys take their time. */
const manyItems = (version: number): readonly Item[] => {
	const items: Item[] = [];
	items[Symbol.iterator] = () => slowItems(5000, version) as unknown as ArrayIterator<Item>;
	return items;
};

describe('a region that is replaced', () => {
	test('has what is in the new list alone, told of once', async () => {
		const {store, changes} = storeOfItems();
		const region = store.region();
		await region.replace([
			{key: 'a', version: 1},
			{key: 'b', version: 1},
		]);
		await region.replace([{key: 'b', version: 2}]);
		expect([...store.items.values()]).toEqual([{key: 'b', version: 2}]);
		expect(changes).toEqual([undefined, undefined]);
	});

	test('by many items gives others their turn, and tells of the change when all are there', async () => {
		const {store, changes} = storeOfItems();
		const replaced = store.region().replace(manyItems(1));
		await new Promise(resolve => setImmediate(resolve));
		expect(store.items.size).toBeLessThan(5000);
		expect(changes).toEqual([]);
		await replaced;
		expect(store.items.size).toBe(5000);
		expect(changes).toEqual([undefined]);
	});

	test('puts nothing more in once another region has taken over', async () => {
		const {store, changes} = storeOfItems();
		const [region, other] = [store.region(), store.region()];
		const replaced = region.replace(manyItems(1));
		await new Promise(resolve => setImmediate(resolve));
		other.adopt(region);
		await other.replace([{key: '0', version: 2}]);
		await replaced;
		expect([...store.items.values()]).toEqual([{key: '0', version: 2}]);
		expect(changes).toEqual([undefined]);
	});

	test('is empty after it is cleared', async () => {
		const {store, changes} = storeOfItems();
		const region = store.region();
		await region.replace([{key: 'a', version: 1}]);
		region.clear();
		expect(store.items.size).toBe(0);
		expect(changes).toHaveLength(2);
	});

	test.each(['before', 'after'])(
		'keeps what another region has that was made %s it was filled',
		async when => {
			const {store} = storeOfItems();
			const region = store.region();
			const fill = () =>
				region.replace([
					{key: 'a', version: 1},
					{key: 'b', version: 1},
				]);
			await (when === 'after' ? fill() : undefined);
			const other = store.region();
			other.put({key: 'c', version: 1});
			await (when === 'before' ? fill() : undefined);
			await region.replace([{key: 'b', version: 2}]);
			expect([...store.items.keys()].sort()).toEqual(['b', 'c']);
			region.clear();
			expect([...store.items.keys()]).toEqual(['c']);
		},
	);

	test('has nothing any more once another region adopted it', async () => {
		const {store} = storeOfItems();
		const [region, other] = [store.region(), store.region()];
		await region.replace([{key: 'a', version: 1}]);
		other.adopt(region);
		region.clear();
		expect([...store.items.keys()]).toEqual(['a']);
		await other.replace([]);
		expect(store.items.size).toBe(0);
	});

	test('removes what is put and taken one by one', () => {
		const {store} = storeOfItems();
		for (const region of [store.region(), store.region()]) {
			region.put({key: 'a', version: 1});
			region.put({key: 'b', version: 1});
			region.remove({key: 'a', version: 1});
			expect([...store.items.keys()]).toEqual(['b']);
			region.clear();
			expect(store.items.size).toBe(0);
		}
	});

	test('goes on being filled while another region is made', async () => {
		const {store} = storeOfItems();
		const region = store.region();
		const replaced = region.replace(manyItems(1));
		await new Promise(resolve => setImmediate(resolve));
		store.region().put({key: 'other', version: 1});
		await replaced;
		expect(store.items.size).toBe(5001);
		await region.replace([]);
		expect([...store.items.keys()]).toEqual(['other']);
	});
});
