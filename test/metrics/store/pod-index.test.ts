import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {PodInfo} from '../../../source/metrics/model/inventory.ts';
import {PodIndex} from '../../../source/metrics/store/pod-index.ts';
import {podInfo} from '../inventories.ts';

function pod(uid: string, parts: Partial<PodInfo> = {}): PodInfo {
	return podInfo('web', {uid, nodeName: 'node-a', ...parts});
}

function join(...pods: readonly PodInfo[]) {
	const index = new PodIndex();
	index.follow(byUid(pods));
	return index.find.bind(index);
}

function byUid(pods: readonly PodInfo[]): ReadonlyMap<string, PodInfo> {
	return new Map(pods.map(each => [each.uid, each]));
}

const named = {namespace: 'shop', name: 'web'};

describe('the index of pods', () => {
	test('matches by uid, whatever the name says', () => {
		expect(join(pod('u1'))({uid: 'u1', namespace: '', name: ''}, 'node-b')?.uid).toBe('u1');
	});

	test('matches a static pod by the hash that its kubelet takes for the uid', () => {
		expect(join(pod('u1', {configHash: 'h'}))({uid: 'h', ...named}, 'node-a')?.uid).toBe('u1');
	});

	test('distinguishes static pods of one manifest by name and node', () => {
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

	test('finds after any changes the same as a new index', () => {
		const uids = ['u1', 'u2', 'u3', 'u4'];
		const nodes = fc.constantFrom('node-a', 'node-b', undefined);
		const pods = fc.uniqueArray(
			fc.record({
				uid: fc.constantFrom(...uids),
				name: fc.constantFrom('web', 'db'),
				configHash: fc.constantFrom('h1', 'h2', undefined),
				nodeName: nodes,
				createdAtMs: fc.constantFrom(1, 2),
			}),
			{selector: ({uid}) => uid},
		);
		const references = ['web', 'db'].flatMap(name =>
			[...uids, 'h1', 'h2', undefined].map(uid => ({namespace: 'shop', name, uid})),
		);
		fc.assert(
			fc.property(fc.array(pods, {minLength: 1}), steps => {
				const index = new PodIndex();
				for (const step of steps) {
					const now = step.map(parts => podInfo(parts.name, parts));
					index.follow(byUid(now));
					const anew = join(...now);
					for (const node of ['node-a', 'node-b']) {
						for (const reference of references) {
							expect(index.find(reference, node)).toBe(anew(reference, node));
						}
					}
				}
			}),
		);
	});

	test('returns the changes since its last update', () => {
		const index = new PodIndex();
		const [one, other] = [pod('u1'), pod('u2')];
		index.follow(byUid([one, other]));
		const changed = pod('u2', {restarts: 1});
		expect(index.follow(byUid([changed, pod('u3')]))).toEqual([
			{before: other, after: changed},
			{before: undefined, after: pod('u3')},
			{before: one, after: undefined},
		]);
		expect([index.has(changed), index.has(other), index.has(one)]).toEqual([true, false, false]);
	});
});
