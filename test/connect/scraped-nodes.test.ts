import {describe, expect, test} from 'vitest';
import {ScrapedNodes, type ScrapedNodesOptions} from '../../source/connect/scraped-nodes.ts';
import {parseRoute} from '../../source/metrics/model/route.ts';
import {Store} from '../../source/metrics/store/store.ts';
import {failedOnce, liveState} from '../../source/scrape/outcome.ts';
import {fakeTarget, REFUSED, SCRAPE} from '../scrape/fake-target.ts';

function nodesOf(options: Omit<Partial<ScrapedNodesOptions>, 'store'> = {}) {
	const log: string[] = [];
	const store = new Store({capacity: 2, staleAfterMs: 30_000, inventory: undefined});
	const nodes = new ScrapedNodes({
		store,
		onNode: ({id}) => log.push(`${id} added`),
		onGone: id => log.push(`${id} gone`),
		onReadings: ({id}, _readings, {kind}) => log.push(`${id} ${kind}`),
		onFailed: ({id}, {kind}) => log.push(`${id} ${kind}`),
		...options,
	});
	const target = (id: string) => fakeTarget(id, ['answer'], log);
	const rows = () => store.rows('nodes', {}, 'live', 0).map(({id}) => id);
	return {nodes, store, log, target, rows};
}

describe('the nodes that are scraped', () => {
	test('have a target and a row each', () => {
		const {nodes, log, target, rows} = nodesOf();
		const added = nodes.update({added: [target('a'), target('b')], removed: []});
		expect(added.map(({id}) => id)).toEqual(['a', 'b']);
		expect(nodes.targets.map(({id}) => id)).toEqual(['a', 'b']);
		expect(rows()).toEqual(['a', 'b']);
		expect(log).toEqual(['a added', 'b added']);
	});

	test('lose both when they are gone, and the target is closed', () => {
		const {nodes, log, target, rows} = nodesOf();
		nodes.update({added: [target('a'), target('b')], removed: []});
		log.length = 0;
		nodes.update({added: [], removed: ['a', 'unknown']});
		expect(nodes.size).toBe(1);
		expect(rows()).toEqual(['b']);
		expect(log).toEqual(['a closed', 'a gone']);
	});

	test('have their old target closed when they are reached in another way', () => {
		const {nodes, log, target, rows} = nodesOf();
		nodes.update({added: [target('a')], removed: []});
		const other = target('a');
		nodes.update({added: [other], removed: []});
		expect(nodes.targets).toEqual([other]);
		expect(rows()).toEqual(['a']);
		expect(log).toEqual(['a added', 'a closed', 'a added']);
	});

	test('may be a part of those that are there', () => {
		const {nodes, target, rows} = nodesOf({accepts: ({id}) => id !== 'b'});
		expect(nodes.update({added: [target('a'), target('b')], removed: []})).toHaveLength(1);
		expect(rows()).toEqual(['a']);
		expect(nodes.size).toBe(1);
	});

	test('get the state of their last scrape', () => {
		const {nodes, store, log, target} = nodesOf();
		const a = target('a');
		nodes.update({added: [a], removed: []});
		nodes.onScrape(a, SCRAPE, liveState(SCRAPE));
		expect(store.find('nodes', 'a', 'live', 0)?.state).toEqual({
			kind: 'live',
			route: parseRoute('summary'),
			latencyMs: 3,
			degraded: undefined,
		});
		nodes.onFailure(a, failedOnce(REFUSED.toFailure(), 42));
		expect(store.find('nodes', 'a', 'live', 0)?.state).toMatchObject({
			kind: 'failed',
			failure: {code: 'refused'},
			sinceMs: 42,
			attempts: 1,
		});
		expect(log).toEqual(['a added', 'a live', 'a failed']);
	});

	test('are all closed in the end, even if one cannot be', async () => {
		const {nodes, log, target} = nodesOf();
		const broken = {...target('a'), close: () => Promise.reject(new Error('broken'))};
		nodes.update({added: [broken, target('b')], removed: []});
		await nodes.close();
		expect(log).toContain('b closed');
	});
});
