import {describe, expect, test} from 'vitest';
import type {ReachableNode} from '../../../source/scrape/node/cluster-routes.ts';
import {NodeRoster} from '../../../source/scrape/node/node-roster.ts';
import {fakeTarget} from '../fake-target.ts';

const node = (name: string, change: Partial<ReachableNode> = {}): ReachableNode => ({
	name,
	addresses: [{type: 'InternalIP', address: '10.0.0.7'}],
	kubeletPort: 10_250,
	isVirtual: false,
	metricsPath: undefined,
	...change,
});

function rosterOf(...nodes: readonly ReachableNode[]) {
	const roster = new NodeRoster(({name}) => fakeTarget(`node:${name}`, [], []));
	const update = (...now: readonly ReachableNode[]) => {
		const {added, removed} = roster.update(now);
		return {added: added.map(({id}) => id), removed};
	};
	return {first: update(...nodes), update};
}

describe('the roster of nodes', () => {
	test('begins with all of them', () => {
		expect(rosterOf(node('a'), node('b')).first).toEqual({added: ['node:a', 'node:b'], removed: []});
	});

	test('returns the nodes added and removed', () => {
		expect(rosterOf(node('a'), node('b')).update(node('b'), node('c'))).toEqual({
			added: ['node:c'],
			removed: ['node:a'],
		});
	});

	test('leaves alone a node that changed in other ways, or came back the same', () => {
		const {update} = rosterOf(node('a'));
		expect(update(node('a'))).toEqual({added: [], removed: []});
		expect(update(node('a'))).toEqual({added: [], removed: []});
	});

	test.each<[string, Partial<ReachableNode>]>([
		['address', {addresses: [{type: 'InternalIP', address: '10.0.0.8'}]}],
		['port', {kubeletPort: 10_251}],
		['metrics path', {metricsPath: '/elsewhere'}],
		['kind', {isVirtual: true}],
	])('replaces a node with another %s', (_what, change) => {
		const {update} = rosterOf(node('a'));
		expect(update(node('a', change))).toEqual({added: ['node:a'], removed: []});
		expect(update(node('a', change))).toEqual({added: [], removed: []});
	});

	test('takes a node again that left and returned', () => {
		const {update} = rosterOf(node('a'));
		expect(update()).toEqual({added: [], removed: ['node:a']});
		expect(update(node('a'))).toEqual({added: ['node:a'], removed: []});
	});
});
