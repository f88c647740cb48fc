import type {CollectionStore, StoreRegion} from './collection-store.ts';
import type {CollectionTracker, InventoryStatus} from './inventory-status.ts';
import {type Interception, type Kept, keepEverywhere} from './keep-everywhere.ts';
import {type ReflectorOptions, reflect} from './reflector.ts';
import type {CollectionTarget, InventoryScope} from './target.ts';

/** How all collections of an inventory are reflected. */
export type Reflecting = Pick<ReflectorOptions<unknown>, 'reader' | 'tuning' | 'random' | 'sleep' | 'isOnce'>;

export type Intercept<Item> = (region: StoreRegion<Item>, tracker: CollectionTracker) => Interception<Item>;

/** Reflects one collection into a region of a store, until the signal aborts. */
export function keepCollection<Item>(
	target: CollectionTarget,
	{
		store,
		status,
		decode,
		reflecting,
	}: {
		readonly store: CollectionStore<Item>;
		readonly status: InventoryStatus;
		readonly decode: (object: unknown) => Item | undefined;
		readonly reflecting: Reflecting;
	},
	signal: AbortSignal,
	intercept?: Intercept<Item>,
): Kept<Item> {
	const tracker = status.track(target);
	const region = store.region();
	const end = reflect({
		...reflecting,
		target,
		decode,
		region,
		signal,
		...tracker,
		...intercept?.(region, tracker),
	});
	return {region, tracker, end};
}

/** Reflects a collection of the namespaces of a scope, or of all; `keepIn` that of one namespace, undefined for all. */
export async function keepWithin<Item>(
	{namespaces = [], fallbackNamespaces = []}: InventoryScope,
	keepIn: (namespace: string | undefined, signal: AbortSignal, intercept?: Intercept<Item>) => Kept<Item>,
	signal: AbortSignal,
): Promise<void> {
	if (namespaces.length > 0) {
		await Promise.all([...new Set(namespaces)].map(name => keepIn(name, signal).end));
		return;
	}

	await keepEverywhere<Item>({
		keepAll: (until, intercept) => keepIn(undefined, until, intercept),
		keepOne: keepIn,
		fallback: [...new Set(fallbackNamespaces)],
		signal,
	});
}
