import {describe, expect, test} from 'vitest';
import type {PodInfo} from '../../source/metrics/inventory.ts';
import {joinPods} from '../../source/metrics/inventory-join.ts';
import {podInfo} from './inventories.ts';

function pod(uid: string, parts: Partial<PodInfo> = {}): PodInfo {
	return podInfo('web', {uid, nodeName: 'node-a', ...parts});
}

function join(...pods: readonly PodInfo[]) {
	return joinPods(new Map(pods.map(each => [each.uid, each])));
}

const named = {namespace: 'shop', name: 'web'};

describe('joinPods', () => {
	test('matches by uid, whatever the name says', () => {
		expect(join(pod('u1'))({uid: 'u1', namespace: '', name: ''}, undefined)?.uid).toBe('u1');
	});

	test('matches a static pod by the hash that its kubelet takes for the uid', () => {
		expect(join(pod('u1', {configHash: 'h'}))({uid: 'h', ...named}, 'node-a')?.uid).toBe('u1');
	});

	test('tells apart static pods of one manifest by name and node', () => {
		const find = join(
			pod('u1', {configHash: 'h', name: 'web-node-a'}),
			pod('u2', {configHash: 'h', name: 'web-node-b', nodeName: 'node-b'}),
		);
		expect(find({uid: 'h', namespace: 'shop', name: 'web-node-b'}, 'node-b')?.uid).toBe('u2');
	});

	test('matches by name on the same node where the source knows no uid', () => {
		expect(join(pod('u1'))({uid: undefined, ...named}, 'node-a')?.uid).toBe('u1');
	});

	test('does not match a name on another node', () => {
		expect(join(pod('u1'))({uid: undefined, ...named}, 'node-b')).toBeUndefined();
	});

	test('does not take an old incarnation for the new one (failure 15)', () => {
		expect(join(pod('new'))({uid: 'old', ...named}, 'node-a')).toBeUndefined();
	});

	test('takes the youngest of two pods of one name (failure 15)', () => {
		const find = join(pod('young', {createdAtMs: 2}), pod('old', {createdAtMs: 1}));
		expect(find({uid: undefined, ...named}, 'node-a')?.uid).toBe('young');
	});

	test('matches nothing that the API server does not list (failure 16)', () => {
		expect(join()({uid: 'gone', ...named}, 'node-a')).toBeUndefined();
	});
});
