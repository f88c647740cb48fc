import {expect, test} from 'vitest';
import {AwaitedInventory} from '../../source/connect/awaited-inventory.ts';
import {Store} from '../../source/metrics/store/store.ts';
import {inventoryOf, nodeInfo, podInfo} from '../metrics/inventories.ts';

test('a store has what an awaited inventory lists as soon as it is there, and all of its later changes', () => {
	const inventory = new AwaitedInventory();
	const store = new Store({capacity: 2, staleAfterMs: 1000, clusters: new Map([['a', inventory]])});
	const names = () => store.rows('pods', {}, 'live', 0).map(({name}) => name);
	expect(names()).toEqual([]);
	expect(inventory.hasAllPods()).toBe(false);
	const listed = inventoryOf([nodeInfo('n1')], [podInfo('web')]);
	inventory.set(listed);
	expect(names()).toEqual(['web']);
	expect(inventory.hasAllPods()).toBe(true);
	const {version} = store;
	listed.putPod(podInfo('db'));
	expect(store.version).toBeGreaterThan(version);
	expect(inventory.changesSince(inventory.version() - 1)?.pods).toEqual(new Set(['uid-db']));
	expect(names()).toEqual(['web', 'db']);
});
