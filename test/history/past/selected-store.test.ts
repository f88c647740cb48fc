import {describe, expect, test} from 'vitest';
import {type SelectedObjects, selectedStore} from '../../../source/history/past/selected-store.ts';
import type {
	HistorySubject,
	MomentEntry,
	SeriesRequest,
	SubjectKind,
} from '../../../source/history/store/history-request.ts';
import {subjectKey} from '../../../source/history/store/history-request.ts';
import {FakeStore} from './fake-store.ts';

const NOW = 1_000_000;
const {signal} = new AbortController();

const entry = (subject: HistorySubject, node: string): MomentEntry => ({
	subject,
	node,
	timeMs: NOW,
	values: {cpuCores: 1},
});

function open(selected: Partial<SelectedObjects>) {
	const store = new FakeStore();
	store.entries = ['n1', 'n2'].flatMap(node => [
		entry({kind: 'node', name: node}, node),
		entry({kind: 'pod', namespace: 'shop', name: `web-${node}`}, node),
		entry({kind: 'pod', namespace: 'shop', name: `db-${node}`}, node),
		entry({kind: 'container', namespace: 'shop', pod: `web-${node}`, name: 'app'}, node),
	]);
	const shown = selectedStore(store, {nodeName: undefined, podNames: undefined, ...selected});
	const namesAt = async (kind: 'node' | 'pod' | 'container') =>
		(await shown.moment({kind, atMs: NOW, lookBackMs: 1}, signal)).map(({subject}) => subjectKey(subject));
	const series = (kind: SubjectKind, subjects: SeriesRequest['subjects']) =>
		shown.series({kind, subjects, series: 'cpuCores', range: {startMs: 0, endMs: 10, stepMs: 10}}, signal);
	return {store, shown, namesAt, series};
}

const CLUSTER = {kind: 'cluster'} as const;
const SHOP = {kind: 'namespace', name: 'shop'} as const;

describe('a store of which a node is selected', () => {
	test('has that node, its pods and containers alone, though it answers for more', async () => {
		const {namesAt, store} = open({nodeName: 'n1'});
		expect(await namesAt('node')).toEqual(['node n1']);
		expect(await namesAt('pod')).toEqual(['pod shop web-n1', 'pod shop db-n1']);
		expect(await namesAt('container')).toEqual(['container shop web-n1 app']);
		expect(store.momentRequests.map(({nodes}) => nodes)).toEqual([['n1'], ['n1'], ['n1']]);
	});

	test('sums over the cluster what that node used', async () => {
		const {series, store} = open({nodeName: 'n1'});
		expect([...(await series('cluster', [CLUSTER])).keys()]).toEqual([subjectKey(CLUSTER)]);
		expect(store.seriesRequests).toMatchObject([{kind: 'node', subjects: [{kind: 'node', name: 'n1'}]}]);
	});

	test('knows no sum over a namespace, which has pods on other nodes', async () => {
		const {series} = open({nodeName: 'n1'});
		expect((await series('namespace', [SHOP])).size).toBe(0);
	});
});

describe('a store of which pods are selected by their labels', () => {
	const labelled = {podNames: () => new Set(['shop/web-n1', 'shop/web-n2'])};

	test('has these pods and their containers alone, and all nodes', async () => {
		const {namesAt} = open(labelled);
		expect(await namesAt('node')).toEqual(['node n1', 'node n2']);
		expect(await namesAt('pod')).toEqual(['pod shop web-n1', 'pod shop web-n2']);
		expect(await namesAt('container')).toEqual(['container shop web-n1 app', 'container shop web-n2 app']);
	});

	test('sums over all nodes, but over no namespace', async () => {
		const {series, store} = open(labelled);
		expect((await series('cluster', [CLUSTER])).size).toBe(1);
		expect((await series('namespace', [SHOP])).size).toBe(0);
		expect(store.seriesRequests.map(({kind}) => kind)).toEqual(['cluster']);
	});
});

test('a store of which everything is selected is that store', () => {
	const {store, shown} = open({});
	expect(shown).toBe(store);
});
