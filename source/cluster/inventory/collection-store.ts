import {ShortTurns} from '../../http/short-turns.ts';

/** How many items are put in between two looks at the clock: about a millisecond. */
const ITEMS_A_STEP = 1024;

/** The part of a store that one reflector keeps up to date. */
export type StoreRegion<Item> = {
	/** Replaces the content of the region by `items`: many in short turns, and a change is told of when all are there. */
	readonly replace: (items: readonly Item[]) => Promise<void>;
	readonly clear: () => void;
	readonly put: (item: Item) => void;
	readonly remove: (item: Item) => void;
	/** Moves the items of another region into this one. */
	readonly adopt: (other: StoreRegion<Item>) => void;
	/** Empties the region but keeps its items in the store; returns their keys. */
	readonly release: () => ReadonlySet<string>;
};

export type CollectionStore<Item> = {
	readonly items: ReadonlyMap<string, Item>;
	/** Creates a region. Regions must not overlap: one for each namespace, or one for all. */
	readonly region: () => StoreRegion<Item>;
};

/** One map filled by several reflectors, each with its own region. */
export function createCollectionStore<Item>(
	keyOf: (item: Item) => string,
	/** Called with the key of the changed item; without a key if any item may have changed. */
	onChange: (key?: string) => void,
): CollectionStore<Item> {
	const items = new Map<string, Item>();
	return {
		items,
		region: () => {
			let own = new Set<string>();
			return {
				replace: async next => {
					const turns = new ShortTurns();
					const [kept, keys] = [own, new Set<string>()];
					for (const item of next) {
						const key = keyOf(item);
						keys.add(key);
						kept.add(key);
						items.set(key, item);
						if (keys.size % ITEMS_A_STEP === 0) {
							await turns.rest();
							// Another region has them by now.
							if (own !== kept) {
								return;
							}
						}
					}
					for (const key of kept.size > keys.size ? kept : []) {
						if (!keys.has(key)) {
							kept.delete(key);
							items.delete(key);
						}
					}
					onChange();
				},
				clear: () => {
					for (const key of own) {
						items.delete(key);
					}
					own = new Set();
					onChange();
				},
				put: item => {
					const key = keyOf(item);
					own.add(key);
					items.set(key, item);
					onChange(key);
				},
				remove: item => {
					const key = keyOf(item);
					own.delete(key);
					if (items.delete(key)) {
						onChange(key);
					}
				},
				adopt: other => {
					for (const key of other.release()) {
						own.add(key);
					}
				},
				release: () => {
					const released = own;
					own = new Set();
					return released;
				},
			};
		},
	};
}
