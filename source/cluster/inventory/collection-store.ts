/** The part of a store that one reflector keeps up to date. */
export type StoreRegion<Item> = {
	/** Replaces the content of the region by `items`. */
	readonly replace: (items: readonly Item[]) => void;
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
				replace: next => {
					const keys = new Set(next.map(keyOf));
					for (const key of own) {
						if (!keys.has(key)) {
							items.delete(key);
						}
					}
					for (const item of next) {
						items.set(keyOf(item), item);
					}
					own = keys;
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
