import {expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {takeSnapshot} from '../../../source/output/snapshot.ts';
import {decodeSummary} from '../../../source/scrape/kubelet/decode-summary.ts';
import {recorded} from '../../scrape/kubelet/recorded-kubelet.ts';
import {LIVE} from '../node-states.ts';

const NOW = 1_795_426_195_000;
const USED = 33_137_889_280;
const CAPACITY = 270_553_174_016;
const AVAILABLE = 75_806_404_608;

/** A recorded kubelet whose disk is shared: five times as much is taken as is used. */
const store = (): Store => {
	const one = new Store({capacity: 5, staleAfterMs: 30_000});
	one.addNode('node-a', 'node-a');
	one.apply('node-a', [decodeSummary(recorded('summary-1.json'), NOW)], LIVE);
	return one;
};

test('the bytes of a disk are what is used, live and at a moment of the past', () => {
	for (const cursor of ['live', {atMs: NOW}] as const) {
		const [row] = store().rows('nodes', {}, cursor, NOW);
		// Of the past rings keep three digits and a half.
		expect(row?.filesystemUsedBytes).toBeCloseTo(USED, cursor === 'live' ? 0 : -7);
		expect(row).toMatchObject({
			filesystemFullRatio: expect.closeTo((CAPACITY - AVAILABLE) / CAPACITY, 3),
		});
	}
});

test('a chart of a disk shows what JSON says', () => {
	const source = store();
	const [row] = source.rows('nodes', {}, 'live', NOW);
	const window = {endMs: NOW + 10_000, stepMs: 20_000, points: 1};
	const values = row && source.history(row, 'filesystemUsedBytes', window);
	expect((values?.[0] ?? 0) / USED).toBeCloseTo(1, 3);
	const snapshot = takeSnapshot(source, {
		nowMs: NOW,
		sourceLabel: 'test',
		context: undefined,
		kubernetesVersion: undefined,
		notices: [],
		isDemo: false,
		staleAfterMs: 30_000,
		level: 'nodes',
		query: {},
	});
	expect([...snapshot.nodes][0]).toMatchObject({
		filesystems: [{name: 'nodefs', usedBytes: USED}, {name: 'imagefs'}],
	});
});

test('the percentage of a disk is what eviction looks at, and its explanation says so', () => {
	const column = columnsOf('nodes').find(({id}) => id === 'fs%');
	const [row] = store().rows('nodes', {}, 'live', NOW);
	expect(row && column?.value(row, NOW)).toBeCloseTo(0.7198, 4);
	expect(column?.explanation).toContain('eviction');
	expect(store().cluster('live', NOW).fullestFilesystem?.usedRatio).toBeCloseTo(0.7198, 4);
});
