import {expect, test, vi} from 'vitest';
import {KubeconfigContexts} from '../../source/connect/kubeconfig-contexts.ts';
import type {ClusterContext} from '../../source/metrics/model/cluster-context.ts';
import {KtopError} from '../../source/metrics/model/failure.ts';

const PROD: ClusterContext = {
	name: 'prod',
	cluster: 'eu',
	host: 'eu.example',
	namespace: 'default',
	user: 'reader',
	problem: undefined,
};

test('the kubeconfig is read when its contexts are asked for, and once for all who ask meanwhile', async () => {
	const read = vi.fn(async () => [PROD]);
	const onChange = vi.fn();
	const contexts = new KubeconfigContexts(read, onChange);
	expect(read).not.toHaveBeenCalled();
	expect([contexts.list(), contexts.list()]).toEqual([
		{contexts: undefined, failure: undefined},
		{contexts: undefined, failure: undefined},
	]);
	await contexts.whenRead();
	expect(contexts.list()).toEqual({contexts: [PROD], failure: undefined});
	expect([read.mock.calls.length, onChange.mock.calls.length]).toEqual([1, 1]);
});

test('a kubeconfig that cannot be read any more leaves what was read before, and tells why', async () => {
	const failure = new KtopError({code: 'usage', brief: 'b', message: 'cannot read config', hint: 'h'});
	const read = vi.fn(async () => [PROD]).mockResolvedValueOnce([PROD]);
	read.mockRejectedValueOnce(failure);
	const contexts = new KubeconfigContexts(read, () => {});
	await contexts.whenRead();
	await contexts.whenRead();
	expect(contexts.list()).toEqual({contexts: [PROD], failure});
});
