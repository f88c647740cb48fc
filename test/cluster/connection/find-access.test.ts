import {mkdir, writeFile} from 'node:fs/promises';
import {delimiter, join} from 'node:path';
import {expect, test} from 'vitest';
import {findAccess} from '../../../source/cluster/connection/find-access.ts';
import type {ConnectionOptions} from '../../../source/cluster/connection/options.ts';
import {tlsPath} from './access-fixture.ts';
import {failureOf} from './failure-of.ts';
import {scratchDirectory} from './scratch-directory.ts';

const find = (options: Partial<ConnectionOptions>) =>
	findAccess({
		environment: {},
		homeDirectory: '/nonexistent',
		now: Date.now,
		isInteractive: () => false,
		serviceAccountDirectory: '/nonexistent',
		...options,
	});

const configFile = async (text: string) => {
	const file = join(await scratchDirectory(), 'config');
	await writeFile(file, text);
	return file;
};

const twoClusters = `
current-context: dev
clusters:
- {name: c-dev, cluster: {server: "https://dev:6443"}}
- {name: c-prod, cluster: {server: "https://prod:6443"}}
users:
- {name: u-dev, user: {token: d}}
- {name: u-prod, user: {token: p}}
contexts:
- {name: dev, context: {cluster: c-dev, user: u-dev}}
- {name: prod, context: {cluster: c-prod, user: u-prod, namespace: shop}}
- {name: broken, context: {cluster: c-none, user: u-dev}}
- {name: userless, context: {cluster: c-dev, user: u-none}}
- {name: anonymous, context: {cluster: c-dev}}
- {name: clusterless, context: {user: u-dev}}
`;

const pod = async () => {
	const directory = join(await scratchDirectory(), 'account');
	await mkdir(directory);
	await writeFile(join(directory, 'token'), 't');
	return {
		environment: {KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443'},
		serviceAccountDirectory: directory,
	};
};

test.each([
	['the current context', {}, ['dev', 'https://dev:6443', 'd', 'default']],
	['--context', {context: 'prod'}, ['prod', 'https://prod:6443', 'p', 'shop']],
	['--cluster', {cluster: 'c-prod'}, ['dev', 'https://prod:6443', 'd', 'default']],
	['--user', {user: 'u-prod'}, ['dev', 'https://dev:6443', 'p', 'default']],
	['--server', {server: 'https://else'}, ['dev', 'https://else', 'd', 'default']],
	['--namespace', {context: 'prod', namespace: 'x'}, ['prod', 'https://prod:6443', 'p', 'x']],
	['a context without user', {context: 'anonymous'}, ['anonymous', 'https://dev:6443', undefined, 'default']],
])('%s is followed', async (_, flags, expected) => {
	const access = await find({kubeconfig: await configFile(twoClusters), ...flags});

	expect([access?.context, access?.cluster.server, access?.user.token, access?.namespace]).toEqual(expected);
});

test.each([
	[
		'context',
		{context: 'prd'},
		'--context "prd" does not exist in FILE',
		'did you mean "prod"? existing contexts: anonymous, broken, clusterless, dev, prod, userless',
	],
	[
		'cluster',
		{cluster: 'x'},
		'context "dev": cluster "x" does not exist in FILE',
		'existing clusters: c-dev, c-prod',
	],
	['user', {user: 'x'}, 'context "dev": user "x" does not exist in FILE', 'existing users: u-dev, u-prod'],
	[
		'cluster of a context',
		{context: 'broken'},
		'context "broken": cluster "c-none" does not exist in FILE',
		'existing clusters: c-dev, c-prod',
	],
	[
		'user of a context',
		{context: 'userless'},
		'context "userless": user "u-none" does not exist in FILE',
		'existing users: u-dev, u-prod',
	],
])('an unknown %s is answered with those that exist', async (_, flags, message, hint) => {
	const kubeconfig = await configFile(twoClusters);

	const failure = await failureOf(() => find({kubeconfig, ...flags}));

	expect(failure).toMatchObject({code: 'usage', message: message.replace('FILE', kubeconfig), hint});
});

test('a context without cluster is explained, unless --server names one', async () => {
	const kubeconfig = await configFile(twoClusters);

	const failure = await failureOf(() => find({kubeconfig, context: 'clusterless'}));

	expect(failure.message).toBe('context "clusterless" has no cluster');
	expect((await find({kubeconfig, context: 'clusterless', server: 'https://x'}))?.user.token).toBe('d');
});

test('a kubeconfig without current context asks for one, and does not guess', async () => {
	const kubeconfig = await configFile(twoClusters.replace('current-context: dev', ''));

	const failure = await failureOf(() => find({kubeconfig}));

	expect(failure.message).toBe(`${kubeconfig} has no current-context`);
	expect(failure.hint).toBe('choose one with --context: anonymous, broken, clusterless, dev, prod, userless');
});

test('control characters of a kubeconfig never enter an error', async () => {
	const kubeconfig = await configFile(
		'contexts: [{name: "a\\e[2Jb\\nc", context: {}}]\ncurrent-context: "x\\e]0;t\\ay"',
	);

	const failure = await failureOf(() => find({kubeconfig}));

	expect(failure.message).toBe(`current-context "xy" does not exist in ${kubeconfig}`);
	expect(failure.hint).toBe('existing contexts: ab c');
});

test('an explicit URL wins over kubeconfig and pod', async () => {
	const kubeconfig = await configFile(twoClusters);
	const access = await find({...(await pod()), kubeconfig, url: 'http://10.0.0.1:8080'});

	expect(access).toMatchObject({
		origin: 'url',
		cluster: {server: 'http://10.0.0.1:8080'},
		userName: undefined,
	});
});

test('a kubeconfig wins over the pod', async () => {
	expect(await find({...(await pod()), kubeconfig: await configFile(twoClusters)})).toMatchObject({
		context: 'dev',
	});
});

test('without a kubeconfig the pod is used, and flags apply to it', async () => {
	const access = await find({...(await pod()), namespace: 'x', as: 'jane'});

	expect(access).toMatchObject({
		origin: 'in-cluster',
		namespace: 'x',
		cluster: {server: 'https://10.96.0.1:443', certificateAuthority: undefined},
		user: {impersonation: {user: 'jane'}},
	});
});

test('a pod without a mounted token, or a machine without the variables, is no pod', async () => {
	const {environment, serviceAccountDirectory} = await pod();

	expect(await find({environment})).toBeUndefined();
	expect(await find({serviceAccountDirectory})).toBeUndefined();
});

test.each([
	['--context', {context: 'dev'}],
	['--cluster', {cluster: 'dev'}],
	['--user', {user: 'dev', cluster: undefined}],
])('%s without any kubeconfig asks for one', async (flag, flags) => {
	await expect(find(flags)).rejects.toMatchObject({
		code: 'usage',
		message: `${flag} "dev" needs a kubeconfig, and there is none`,
		hint: 'set KUBECONFIG, or pass --kubeconfig FILE',
	});
});

test('--server needs no kubeconfig', async () => {
	const access = await find({server: 'https://kube:6443', token: 't'});

	expect(access).toMatchObject({origin: 'url', cluster: {server: 'https://kube:6443'}, user: {token: 't'}});
});

test.each([
	['insecure=true', {cluster: {isInsecure: true}, user: {tokenFile: undefined}}],
	['useServiceAccount=true', {cluster: {isInsecure: false}, user: {tokenFile: '/nonexistent/token'}}],
	['inClusterConfig=false&kubeletPort=10250', {cluster: {isInsecure: false}, user: {tokenFile: undefined}}],
])('the parameter %s of a Heapster source has its meaning', async (parameters, expected) => {
	expect(await find({url: `https://kube:6443?${parameters}`})).toMatchObject(expected);
});

test('--token makes passwords, plugins and removed providers idle', async () => {
	const kubeconfig = await configFile(`
current-context: a
clusters: [{name: a, cluster: {server: "https://a"}}]
users: [{name: a, user: {username: u, password: p, auth-provider: {name: gcp}, exec: {apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: Never}}}]
contexts: [{name: a, context: {cluster: a, user: a}}]
`);

	expect((await find({kubeconfig, token: 't'}))?.user).toMatchObject({
		token: 't',
		username: undefined,
		exec: undefined,
		authProvider: undefined,
	});
});

test('--insecure-skip-tls-verify drops the authority of the kubeconfig', async () => {
	const kubeconfig = await configFile(
		twoClusters.replace('"https://dev:6443"', '"https://dev:6443", certificate-authority: ca.crt'),
	);

	expect((await find({kubeconfig, isInsecure: true}))?.cluster).toMatchObject({
		isInsecure: true,
		certificateAuthority: undefined,
	});
});

test('--certificate-authority makes an insecure cluster of the kubeconfig secure', async () => {
	const kubeconfig = await configFile(
		twoClusters.replace('"https://dev:6443"', '"https://dev:6443", insecure-skip-tls-verify: true'),
	);

	expect((await find({kubeconfig, certificateAuthority: '/ca.crt'}))?.cluster).toMatchObject({
		isInsecure: false,
		certificateAuthority: {kind: 'file', path: '/ca.crt'},
	});
});

const withUser = (user: string, cluster = 'server: "https://a"') => `
current-context: a
clusters: [{name: a, cluster: {${cluster}}}]
users: [{name: me, user: {${user}}}]
contexts: [{name: a, context: {cluster: a, user: me}}]
`;

test.each([
	[
		'a removed provider',
		withUser('auth-provider: {name: gcp, config: {access-token: SECRET}}'),
		{},
		'user "me" uses auth-provider gcp, which Kubernetes removed in 1.26',
	],
	[
		'an unknown provider',
		withUser('auth-provider: {name: acme}'),
		{},
		'user "me" uses auth-provider acme, which Kubernetes removed in 1.26',
	],
	[
		'a token beside a username',
		withUser('token: SECRET, username: SECRET'),
		{},
		'user "me" has both a token and a username',
	],
	['a certificate without key', withUser('client-certificate: SECRET'), {}, 'user "me" has no client-key'],
	['a key without certificate', withUser('client-key: SECRET'), {}, 'user "me" has no client-certificate'],
	[
		'groups of nobody',
		withUser('as-groups: [dev]'),
		{},
		'user "me" impersonates groups, a uid or extras without a user',
	],
	['no server', withUser('token: SECRET', 'tls-server-name: x'), {}, 'cluster "a" has no server'],
	[
		'an address with a password',
		withUser('token: SECRET', 'server: "https://me:SECRET@a"'),
		{},
		'the server address must not contain a user name or password',
	],
	[
		'an authority and no verification',
		withUser('', 'server: "https://a", certificate-authority: x, insecure-skip-tls-verify: true'),
		{},
		'a certificate authority and insecure-skip-tls-verify cannot be combined',
	],
	[
		'both by flag',
		withUser(''),
		{isInsecure: true, certificateAuthority: tlsPath('ca.crt')},
		'a certificate authority and insecure-skip-tls-verify cannot be combined',
	],
	[
		'a token in clear',
		withUser('', 'server: "http://a"'),
		{token: 'SECRET'},
		'--token would be sent unencrypted to a server with http://',
	],
])('%s is refused', async (_, text, flags, message) => {
	const kubeconfig = await configFile(text);

	const failure = await failureOf(() => find({kubeconfig, ...flags}));

	expect(failure).toMatchObject({code: 'usage', message});
	expect(`${failure.hint} ${failure.stack} ${String(failure.cause)}`).not.toContain('SECRET');
});

test.each([
	['gcp', 'gke-gcloud-auth-plugin'],
	['azure', 'kubelogin convert-kubeconfig'],
])('the fix for the removed provider %s names its plugin', async (name, fix) => {
	const kubeconfig = await configFile(withUser(`auth-provider: {name: ${name}}`));

	expect((await failureOf(() => find({kubeconfig}))).hint).toContain(fix);
});

test('a flag that is off changes nothing about verification', async () => {
	const kubeconfig = await configFile(
		twoClusters.replace('"https://dev:6443"', '"https://dev:6443", insecure-skip-tls-verify: true'),
	);

	expect((await find({kubeconfig, isInsecure: false}))?.cluster.isInsecure).toBe(true);
});

/** Entries that nothing refers to, each wrong in a way of its own. */
const strangers: Readonly<Record<string, string>> = {
	'another user with exec v1alpha1':
		'users: [{name: x, user: {exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: c}}}]',
	'another user whose plugin has no command':
		'users: [{name: x, user: {exec: {apiVersion: client.authentication.k8s.io/v1}}}]',
	'another user with placeholders for PEM':
		'users: [{name: x, user: {client-certificate-data: DATA+OMITTED, client-key-data: "REPLACE ME"}}]',
	'another cluster with a placeholder for PEM':
		'clusters: [{name: x, cluster: {server: "https://x", certificate-authority-data: cGxhY2Vob2xkZXI=}}]',
	'another cluster of the wrong type': 'clusters: [{name: x, cluster: [1]}]',
	'another context of the wrong type': 'contexts: [{name: x, context: {cluster: [c]}}]',
	'an entry without a name': 'users: [{user: {token: t}}]',
	'an empty entry': 'users: [null]',
};
const mine = `
current-context: me
contexts: [{name: me, context: {cluster: me, user: me}}, CONTEXTS]
clusters: [{name: me, cluster: {server: "https://me"}}, CLUSTERS]
users: [{name: me, user: {token: t}}, USERS]
`;

test.each(Object.entries(strangers))(
	'%s in the same file is none of the context’s business',
	async (_, text) => {
		const [, list = '', entry = ''] = /^(\w+): \[(.*)\]$/u.exec(text) ?? [];
		const kubeconfig = await configFile(
			mine.replace(list.toUpperCase(), entry).replaceAll(/, (?:CONTEXTS|CLUSTERS|USERS)\]/gu, ']'),
		);

		expect(await find({kubeconfig})).toMatchObject({
			cluster: {server: 'https://me'},
			user: {token: 't'},
		});
	},
);

test.each(Object.entries(strangers))('%s in another file of KUBECONFIG is neither', async (_, text) => {
	const own = await configFile(mine.replaceAll(/, (?:CONTEXTS|CLUSTERS|USERS)\]/gu, ']'));
	for (const files of [
		[await configFile(text), own],
		[own, await configFile(text)],
	]) {
		expect(await find({environment: {KUBECONFIG: files.join(delimiter)}})).toMatchObject({
			cluster: {server: 'https://me'},
			user: {token: 't'},
		});
	}
});

test.each(['', '{}', 'apiVersion: v1\nkind: Config\n'])(
	'a kubeconfig that was named and has no context (%j) is not replaced by another way to a cluster',
	async text => {
		const file = await configFile(text);
		await expect(find({kubeconfig: file, ...(await pod())})).rejects.toMatchObject({
			code: 'usage',
			message: `--kubeconfig ${file}: it has no context`,
		});
	},
);

test('--server needs no context of the kubeconfig that was named', async () => {
	const access = await find({kubeconfig: await configFile('{}'), server: 'https://else'});
	expect(access?.cluster.server).toBe('https://else');
});
