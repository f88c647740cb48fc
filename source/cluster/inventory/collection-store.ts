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
	let regions = 0;
	let noteAnother = (): void => {};
	return {
		items,
		region: () => {
			// The first region has all items, and no set of them, as long as it is the only one: mostly for good.
			let own: Set<string> | undefined;
			/** Another number once what it had is gone from it. */
			let content = 0;
			if (regions++ === 0) {
				noteAnother = () => {
					own ??= new Set(items.keys());
				};
			} else {
				noteAnother();
				own = new Set();
			}
			return {
				replace: async next => {
					const turns = new ShortTurns();
					const [keys, replaced] = [new Set<string>(), content];
					for (const item of next) {
						const key = keyOf(item);
						keys.add(key);
						own?.add(key);
						items.set(key, item);
						if (keys.size % ITEMS_A_STEP === 0) {
							await turns.rest();
							// Another region has them by now.
							if (content !== replaced) {
								return;
							}
						}
					}
					const kept = own ?? items;
					for (const key of kept.size > keys.size ? kept.keys() : []) {
						if (!keys.has(key)) {
							own?.delete(key);
							items.delete(key);
						}
					}
					onChange();
				},
				clear: () => {
					for (const key of own ?? items.keys()) {
						items.delete(key);
					}
					own?.clear();
					content++;
					onChange();
				},
				put: item => {
					const key = keyOf(item);
					own?.add(key);
					items.set(key, item);
					onChange(key);
				},
				remove: item => {
					const key = keyOf(item);
					own?.delete(key);
					if (items.delete(key)) {
						onChange(key);
					}
				},
				adopt: other => {
					for (const key of other.release()) {
						own?.add(key);
					}
				},
				release: () => {
					const released = own ?? new Set(items.keys());
					own = new Set();
					content++;
					return released;
				},
			};
		},
	};
}
