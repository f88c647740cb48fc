import {describe, expect, test} from 'vitest';
import {CADVISOR_SCHEMA} from '../../../source/history/influxdb/read/schemas/cadvisor.ts';
import {findKeptInstead} from '../../../source/history/store/kept-instead.ts';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import type {NodeState} from '../../../source/metrics/model/node-state.ts';
import type {Row} from '../../../source/metrics/model/row.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {type ExplanationOptions, explanationText} from '../../../source/ui/draw/explanation.ts';
import type {PastFeed} from '../../../source/ui/feed.ts';
import {widthOf} from '../../../source/ui/format/width.ts';
import {containerInfo, inventoryOf, nodeInfo, podInfo} from '../../metrics/inventories.ts';
import {LIVE} from '../../metrics/node-states.ts';
import {cpuReading, podReading, reading} from '../../metrics/readings.ts';

const NOW = 1_800_000_060_000;
const FORBIDDEN: NodeState = {
	kind: 'failed',
	failure: {
		code: 'forbidden',
		brief: '403 needs nodes/stats',
		message: 'kubelet https://10.0.0.9:10250 forbids ktop to get nodes/stats',
		hint: 'grant it in a ClusterRole',
	},
	sinceMs: NOW,
	attempts: 1,
	retryAtMs: NOW,
};

/** A node whose scrape is forbidden, with a pod that is only known from the API server. */
function storeOf(): Store {
	const store = new Store({
		capacity: 5,
		staleAfterMs: 30_000,
		inventory: inventoryOf([nodeInfo('n1')], [podInfo('web', {containers: [containerInfo('app-東京')]})]),
	});
	store.addNode('node:n1', 'n1');
	store.setState('node:n1', FORBIDDEN);
	return store;
}

function explain(
	store: Store,
	row: Row | undefined,
	known: Partial<ExplanationOptions> = {},
): readonly string[] {
	return explanationText({
		row,
		above: undefined,
		level: 'pods',
		source: store,
		cursor: 'live',
		windowMs: 300_000,
		hasInventory: true,
		hasClusters: false,
		notices: [],
		past: undefined,
		nowMs: NOW,
		width: 80,
		...known,
	});
}

const first = (store: Store, level: 'nodes' | 'pods' | 'containers' | 'namespaces'): Row | undefined =>
	store.view({level}, 'live', NOW).rows.at(0);
const flat = (lines: readonly string[]): string => lines.map(line => line.trim()).join(' ');

describe('the explanation of a row', () => {
	const store = storeOf();

	test.each([
		[true, 'is explained where several clusters are read'],
		[false, 'is left out where one is read'],
	])('(clusters: %s) the column of clusters %s', hasClusters => {
		expect(flat(explain(store, first(store, 'pods'), {hasClusters})).includes('CLUSTER')).toBe(hasClusters);
		expect(flat(explain(store, undefined, {hasClusters})).includes('CLUSTER')).toBe(hasClusters);
	});

	test.each(['nodes', 'pods', 'containers'] as const)(
		'of %s shows why the node cannot be scraped, and the fix',
		level => {
			const text = flat(explain(store, first(store, level)));
			expect(text).toContain('403 needs nodes/stats');
			expect(text).toContain('→ grant it in a ClusterRole');
			expect(text).toMatch(
				/– CPU, MEM[^:]*: (the node|node n1) cannot be read: 403|– CPU, CPU%[^:]*: the node cannot/,
			);
		},
	);

	test('shows each reason once, before the meanings of the columns', () => {
		const text = flat(explain(store, first(store, 'pods')));
		expect(text.match(/node n1 cannot be read/g)).toHaveLength(1);
		expect(text.indexOf('node n1 cannot be read')).toBeLessThan(text.indexOf('Working set: memory in use'));
	});

	test('of a container shows why the network of its pod is unknown', () => {
		const text = flat(explain(store, first(store, 'containers'), {level: undefined}));
		expect(text).toMatch(/NET of its pod[^:]*: node n1 cannot be read/);
		expect(text).toMatch(/THR%/);
	});

	test('lists the series for which the history store keeps another quantity', () => {
		const past: PastFeed = {
			status: () => ({kind: 'ok', label: 'InfluxDB k8s'}),
			seamMs: () => NOW,
			isLoading: () => false,
			keptInstead: (kind, series) => findKeptInstead(CADVISOR_SCHEMA.differences, kind, series),
		};
		expect(flat(explain(store, first(store, 'pods'), {past}))).toContain(
			'History: pod: InfluxDB k8s stores sums of containers for CPU, MEM, RSS; values before the seam are not comparable with live ones pod: InfluxDB k8s stores only the first interface for NET↓, NET↑',
		);
		expect(flat(explain(store, first(store, 'containers'), {past}))).not.toContain('History:');
	});

	test('says how old network, disks and volumes are where CPU and memory are newer', () => {
		const store = new Store({capacity: 5, staleAfterMs: 30_000});
		store.addNode('n1', 'n1');
		const pods = [podReading('shop', 'web', {cpu: cpuReading({timeMs: NOW - 50_000, usageCores: 1})})];
		store.apply('n1', [reading(NOW - 50_000, {pods})], LIVE);
		expect(flat(explain(store, first(store, 'pods')))).not.toContain('ago');
		store.apply('n1', [reading(NOW - 5000, {pods, restHoldsMs: 60_000})], LIVE);
		for (const level of ['nodes', 'pods'] as const) {
			expect(flat(explain(store, first(store, level)))).toContain(
				'network, disks and volumes were read 50s ago, CPU and memory since',
			);
		}
	});

	test('includes the object above the table', () => {
		const text = flat(explain(store, first(store, 'containers'), {above: first(store, 'pods')}));
		expect(text).toContain('Unknown for web above:');
	});

	test('shows why figures in the header are unknown', () => {
		expect(flat(explain(store, undefined))).toMatch(
			/in the header: – CPU, MEM, NET, FS[^:]*: no node has been read/,
		);
	});

	test('without a row explains the columns of the table', () => {
		const text = flat(explain(store, undefined, {level: 'namespaces'}));
		expect(text).toContain('Its pods that are bound to a node and not finished.');
	});

	test.each([20, 40, 60, 80, 200])('loses no text in %d cells', width => {
		for (const level of ['nodes', 'pods', 'containers', 'namespaces'] as const) {
			const lines = explain(store, first(store, level), {width, level, hasClusters: true});
			expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
			const text = flat(lines).replaceAll(' ', '');
			for (const {explanation} of columnsOf(level)) {
				expect(text).toContain(explanation.replaceAll(' ', ''));
			}
		}
	});
});
