import {describe, expect, test} from 'vitest';
import {contextsOf} from '../../../../source/cluster/connection/kubeconfig/contexts.ts';
import {decodeKubeconfig} from '../../../../source/cluster/connection/kubeconfig/decode.ts';

const contextsIn = (document: object) => contextsOf(decodeKubeconfig(document, 'config', '/home/me/.kube'));

const CLUSTERS = [
	{name: 'eu', cluster: {server: 'https://eu.example:6443/k8s/clusters/c-1'}},
	{name: 'us', cluster: {server: 'https://us.example'}},
	{name: 'login', cluster: {server: 'https://me:password-1@eu.example'}},
	{name: 'bare', cluster: {}},
];
const USERS = [
	{name: 'reader', user: {token: 'token-1'}},
	{
		name: 'plugin',
		user: {
			exec: {
				apiVersion: 'client.authentication.k8s.io/v1',
				command: 'login',
				interactiveMode: 'IfAvailable',
			},
		},
	},
	{name: 'wrong', user: {exec: {apiVersion: 'v7', command: 'login', args: ['secret-1']}}},
];

const context = (name: string, cluster: string, user = 'reader', namespace?: string) => ({
	name,
	context: {cluster, user, ...(namespace === undefined ? {} : {namespace})},
});

describe('the contexts of a kubeconfig', () => {
	test('have the host of the server, the namespace and the user, in natural order', () => {
		const contexts = [context('node-10', 'us'), context('node-9', 'eu', 'plugin', 'shop')];
		expect(contextsIn({clusters: CLUSTERS, users: USERS, contexts})).toEqual([
			{
				name: 'node-9',
				cluster: 'eu',
				host: 'eu.example:6443',
				namespace: 'shop',
				user: 'plugin',
				problem: undefined,
			},
			{
				name: 'node-10',
				cluster: 'us',
				host: 'us.example',
				namespace: 'default',
				user: 'reader',
				problem: undefined,
			},
		]);
	});

	test.each([
		['a cluster that is not there', context('a', 'gone'), /cluster "gone" does not exist in config/],
		['a user that is not there', context('a', 'eu', 'gone'), /user "gone" does not exist in config/],
		['a cluster without a server', context('a', 'bare'), /has no server/],
		['a server with a login', context('a', 'login'), /must not contain a user name or password/],
		['a wrong plugin', context('a', 'eu', 'wrong'), /exec\.apiVersion/],
	])('with %s tell why, beside those that work', (_what, broken, problem) => {
		const [first, second] = contextsIn({
			clusters: CLUSTERS,
			users: USERS,
			contexts: [context('b', 'us'), broken],
		});
		expect(first).toMatchObject({name: 'a', host: undefined, problem: expect.stringMatching(problem)});
		expect(second).toMatchObject({name: 'b', problem: undefined});
	});

	test('hold no secret', () => {
		const contexts = CLUSTERS.flatMap(({name: cluster}) =>
			USERS.map(({name: user}) => context(`${cluster}-${user}`, cluster, user)),
		);
		const text = JSON.stringify(contextsIn({clusters: CLUSTERS, users: USERS, contexts}));
		expect(text).not.toMatch(/token-1|password-1|secret-1/);
	});

	test('are none without a file', () => {
		expect(contextsIn({})).toEqual([]);
	});
});
