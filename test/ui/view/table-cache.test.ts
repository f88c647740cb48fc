import {describe, expect, test} from 'vitest';
import type {Source} from '../../../source/metrics/model/view.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {lastingMs, TableCache} from '../../../source/ui/view/table-cache.ts';
import {feedOf, LIVE, NOW, storeOf} from '../feeds.ts';
import {DOWN, FIVE, START, stateAfter} from '../state/states.ts';

function open() {
	const store = storeOf();
	const {source} = feedOf(store);
	const tables = new TableCache(() => 5000);
	const names = (state = START) => tables.view(state, source, NOW)?.rows.map(({name}) => name);
	return {store, source, tables, names};
}

describe('the table cache', () => {
	test('computes rows once until the data, the query or the cursor changes', () => {
		const {store, source, tables} = open();
		const view = tables.view(START, source, NOW);
		expect(tables.view(stateAfter([DOWN]), source, NOW + 500)).toBe(view);
		const reversed = tables.view(act(START, {type: 'reverse'}, FIVE), source, NOW);
		expect(reversed).not.toBe(view);
		store.addNode('delta', 'delta');
		expect(tables.view(act(START, {type: 'reverse'}, FIVE), source, NOW)).not.toBe(reversed);
	});

	test('moves marked rows to the top', () => {
		const {names} = open();
		expect(names()).toEqual(['alpha', 'beta', 'gamma']);
		expect(names({...START, marked: new Set(['gamma'])})).toEqual(['gamma', 'alpha', 'beta']);
	});
});

test('the sums are computed again for new data, and after 5 s', () => {
	const {store, source, tables} = open();
	const cluster = tables.cluster(START, source, NOW);
	expect(tables.cluster(START, source, NOW + 100)).toBe(cluster);
	expect(tables.cluster(START, source, NOW + 6000)).not.toBe(cluster);
	const later = tables.cluster(START, source, NOW);
	store.setState('gamma', LIVE);
	expect(tables.cluster(START, source, NOW)).not.toBe(later);
});

test('answers last until new data, or for some time from the first question', () => {
	const {store, source, tables} = open();
	expect(tables.hasExpired(source, NOW)).toBe(true);
	expect(tables.sinceMs(source, NOW)).toBe(NOW);
	expect(tables.hasExpired(source, NOW + 4999)).toBe(false);
	expect(tables.sinceMs(source, NOW + 4999)).toBe(NOW);
	expect(tables.hasExpired(source, NOW + 5000)).toBe(true);
	expect(tables.sinceMs(source, NOW + 5000)).toBe(NOW + 5000);
	store.setState('gamma', LIVE);
	expect(tables.hasExpired(source, NOW + 5100)).toBe(true);
	expect(tables.sinceMs(source, NOW + 5100)).toBe(NOW + 5100);
	// The clock was set back.
	expect(tables.hasExpired(source, NOW)).toBe(true);
});

test.each([
	[2000, 5000],
	[10_000, 12_000],
	[60_000, 15_000],
])(
	'answers at an interval of %i ms last for %i ms, longer than it where it is short',
	(interval, lasting) => {
		expect(lastingMs(interval)).toBe(lasting);
	},
);

test('the history of the cluster is computed once for all frames with the same data', () => {
	const {store, source, tables} = open();
	const window = {points: 6, stepMs: 10_000, endMs: NOW};
	const history = (nowMs = NOW, endMs = NOW) =>
		tables.clusterHistory(source, 'cpuCores', {...window, endMs}, nowMs);
	const before = history();
	const span = tables.span(source, NOW);
	expect(history(NOW + 100)).toBe(before);
	expect(tables.span(source, NOW + 100)).toBe(span);
	expect(history(NOW, NOW + 10_000)).not.toBe(before);
	expect(history(NOW + 6000)).not.toBe(before);
	const later = history();
	store.setState('gamma', LIVE);
	expect(history()).not.toBe(later);
});

test('sums of a past moment that were not ready are asked for again with its rows', () => {
	const {source, tables} = open();
	let asked = 0;
	const counting: Source = {
		...source,
		version: source.version,
		cluster(cursor, nowMs) {
			asked++;
			return source.cluster(cursor, nowMs);
		},
	};
	const past = {...START, cursor: {atMs: NOW}};
	tables.cluster(past, counting, NOW);
	tables.cluster(past, counting, NOW);
	expect(asked).toBe(1);
	tables.renew(past.cursor);
	tables.cluster(past, counting, NOW);
	expect(asked).toBe(2);
});

test('rows that are not ready are kept until they are asked for again', () => {
	const {source, tables} = open();
	let isReady = false;
	const slow: Source = {
		...source,
		version: source.version,
		view: (query, cursor, nowMs) => ({
			...source.view(query, cursor, nowMs),
			...(isReady ? {} : {isPending: true}),
		}),
	};
	const pending = tables.view(START, slow, NOW);
	expect(tables.isPending).toBe(true);
	isReady = true;
	expect(tables.view(START, slow, NOW)).toBe(pending);
	tables.renew('live');
	tables.view(START, slow, NOW);
	expect(tables.isPending).toBe(false);
});
