import {expect, test} from 'vitest';
import {columnsOf} from '../../source/metrics/columns/columns.ts';
import type {Column} from '../../source/metrics/model/column.ts';
import {parseRoute} from '../../source/metrics/model/route.ts';
import type {NodeRow, PodRow, Row} from '../../source/metrics/model/row.ts';
import {reasonOf} from '../../source/metrics/reasons/reason.ts';
import {Store} from '../../source/metrics/store/store.ts';
import {statusText} from '../../source/ui/draw/facts/status-text.ts';
import {rowCell} from '../../source/ui/draw/table/row-cell.ts';
import {inventoryOf, nodeInfo, podInfo} from '../metrics/inventories.ts';
import {cpuReading, nodeReading, podReading, reading} from '../metrics/readings.ts';

const NOW = 1_000_000;

/** A node that reports the pod `web` but not `gone`, and an inventory with both. */
function frozenStore() {
	let isCurrent = true;
	const inventory = inventoryOf([nodeInfo('n1')], [podInfo('web'), podInfo('gone')]);
	const store = new Store({
		capacity: 10,
		staleAfterMs: 30_000,
		inventory: {...inventory, isCurrent: () => isCurrent},
	});
	store.addNode('node:n1', 'n1');
	const cpu = cpuReading({timeMs: NOW, usageCores: 0.25});
	store.apply(
		'node:n1',
		[reading(NOW, {nodeName: 'n1', node: nodeReading({cpu}), pods: [podReading('shop', 'web', {cpu})]})],
		{kind: 'live', route: parseRoute('summary'), latencyMs: 5, degraded: undefined},
	);
	const rowOf = (name: string): PodRow => {
		const row = store.view({level: 'pods'}, 'live', NOW).rows.find(one => one.name === name);
		if (row === undefined) {
			throw new Error(`no row ${name}`);
		}

		return row;
	};
	return {
		rowOf,
		nodeRow: (): NodeRow => {
			const [row] = store.rows('nodes', {}, 'live', NOW);
			if (row === undefined) {
				throw new Error('no row of the node');
			}

			return row;
		},
		store,
		freeze: (isFrozen: boolean) => {
			isCurrent = !isFrozen;
			inventory.list(true);
		},
	};
}

// The column only gets pods.
const COLUMNS: ReadonlyArray<Column<Row>> = columnsOf('pods');
const status = COLUMNS.find(({id}) => id === 'status');
const shown = (row: PodRow | NodeRow): string | undefined =>
	status && rowCell(row, status, {nowMs: NOW, atMs: NOW, staleAfterMs: 30_000}).text;

test('a pod that is only in a frozen inventory is marked, but not one that a node reports', () => {
	const {rowOf, freeze} = frozenStore();
	expect([shown(rowOf('web')), shown(rowOf('gone'))]).toEqual(['Running', 'Running']);
	freeze(true);
	expect([shown(rowOf('web')), shown(rowOf('gone'))]).toEqual(['Running', 'Running?']);
	freeze(false);
	expect(shown(rowOf('gone'))).toBe('Running');
});

test('a node is marked, and so is the count of those that are ready: nobody says that they still are', () => {
	const {nodeRow, store, freeze} = frozenStore();
	expect([shown(nodeRow()), store.cluster('live', NOW).isFrozen]).toEqual(['Ready', undefined]);
	freeze(true);
	expect([shown(nodeRow()), statusText(nodeRow()), store.cluster('live', NOW).isFrozen]).toEqual([
		'Ready?',
		'Ready?',
		true,
	]);
	freeze(false);
	expect([shown(nodeRow()), store.cluster('live', NOW).isFrozen]).toEqual(['Ready', undefined]);
});

test('the reason for its unknown figures is that it may no longer exist', () => {
	const {rowOf, store, freeze} = frozenStore();
	freeze(true);
	const cpu = COLUMNS.find(({id}) => id === 'cpu');
	const node = store.view({level: 'nodes'}, 'live', NOW).rows.at(0);
	const around = {node, isPast: false, hasInventory: true, nowMs: NOW, watchedMs: 0};
	expect(cpu && reasonOf(cpu, rowOf('gone'), around)).toBe(
		'node n1 answers and does not report it: it may be gone, since the API server is out of reach',
	);
});
