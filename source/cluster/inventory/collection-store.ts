/** The part of a store that one list and watch keeps up to date. */
export type StoreRegion<Item> = {
	/** The region is exactly `items` from now on. */
	readonly replace: (items: readonly Item[]) => void;
	readonly put: (item: Item) => void;
	readonly remove: (item: Item) => void;
	/** Takes over what another region holds, which holds nothing from then on. */
	readonly adopt: (other: StoreRegion<Item>) => void;
	/** Gives up what it holds, without dropping it from the store; the keys of it. */
	readonly release: () => ReadonlySet<string>;
};

export type CollectionStore<Item> = {
	readonly items: ReadonlyMap<string, Item>;
	/** Regions must not overlap: one for each namespace, or one for all. */
	readonly region: () => StoreRegion<Item>;
};

/** One map, kept by one or several watchers that each know only their own items. */
export function createCollectionStore<Item>(
	keyOf: (item: Item) => string,
	/** Tells the key of what changed, or nothing where it may be everything. */
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
