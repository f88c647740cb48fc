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

/** A node that is forbidden, with a pod on it that the API server tells of. */
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
		hasInventory: true,
		notices: [],
		past: undefined,
		nowMs: NOW,
		width: 80,
		...known,
	});
}

const first = (store: Store, level: 'nodes' | 'pods' | 'containers' | 'namespaces'): Row | undefined =>
	store.view({level}, 'live', NOW).rows[0];
const flat = (lines: readonly string[]): string => lines.map(line => line.trim()).join(' ');

describe('the explanation of a row', () => {
	const store = storeOf();

	test.each(['nodes', 'pods', 'containers'] as const)(
		'of %s tells why the node is not read, and the fix',
		level => {
			const text = flat(explain(store, first(store, level)));
			expect(text).toContain('403 needs nodes/stats');
			expect(text).toContain('→ grant it in a ClusterRole');
			expect(text).toMatch(
				/– CPU, MEM[^:]*: (the node|node n1) cannot be read: 403|– CPU, CPU%[^:]*: the node cannot/,
			);
		},
	);

	test('gives each reason once, before the meanings', () => {
		const text = flat(explain(store, first(store, 'pods')));
		expect(text.match(/node n1 cannot be read/g)).toHaveLength(1);
		expect(text.indexOf('node n1 cannot be read')).toBeLessThan(text.indexOf('Working set: memory in use'));
	});

	test('on a page without a table tells why the traffic of its pod is unknown', () => {
		const text = flat(explain(store, first(store, 'containers'), {level: undefined}));
		expect(text).toMatch(/NET of its pod[^:]*: node n1 cannot be read/);
		expect(text).toMatch(/THR%/);
	});

	test('says which figures a store keeps as another quantity than is shown live', () => {
		const past: PastFeed = {
			status: () => ({kind: 'ok', label: 'InfluxDB k8s'}),
			seamMs: () => NOW,
			isAsking: () => false,
			keptInstead: (kind, series) => findKeptInstead(CADVISOR_SCHEMA.differences, kind, series),
		};
		expect(flat(explain(store, first(store, 'pods'), {past}))).toContain(
			'The past: Of a pod InfluxDB k8s has sums of containers for CPU, MEM, RSS: before the seam they are another quantity than live Of a pod InfluxDB k8s has only the first interface for NET↓, NET↑',
		);
		expect(flat(explain(store, first(store, 'containers'), {past}))).not.toContain('The past:');
	});

	test('tells of what is above a table as well', () => {
		const text = flat(explain(store, first(store, 'containers'), {above: first(store, 'pods')}));
		expect(text).toContain('Unknown of web, above:');
	});

	test('tells why figures at the head are unknown', () => {
		expect(flat(explain(store, undefined))).toMatch(
			/at the head: – CPU, MEM, NET, FS[^:]*: no node has been read/,
		);
	});

	test('without a row means the columns of the level', () => {
		const text = flat(explain(store, undefined, {level: 'namespaces'}));
		expect(text).toContain('Pods of the namespace that are not finished.');
	});

	test.each([20, 40, 60, 80, 200])('loses nothing in %d columns', width => {
		for (const level of ['nodes', 'pods', 'containers', 'namespaces'] as const) {
			const lines = explain(store, first(store, level), {width, level});
			expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
			const text = flat(lines).replaceAll(' ', '');
			for (const {explanation} of columnsOf(level)) {
				expect(text).toContain(explanation.replaceAll(' ', ''));
			}
		}
	});
});
