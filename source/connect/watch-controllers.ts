import type {OpenSource} from './open-source.ts';

/** Begins to read what controllers of pods want. Resolves when they are listed or refused, at once without an API server. */
export async function watchControllers({
	inventory,
	clusters,
}: Pick<OpenSource, 'clusters' | 'inventory'>): Promise<void> {
	const inventories = [inventory, ...(clusters?.inventories.values() ?? [])];
	await Promise.all(inventories.map(each => each?.watchControllers?.()));
}
