import {chmod, mkdir, writeFile} from 'node:fs/promises';
import {delimiter, join} from 'node:path';
import {expect, test} from 'vitest';
import {loadKubeconfig} from '../../../../source/cluster/connection/kubeconfig/load.ts';
import {failureOf} from '../failure-of.ts';
import {scratchDirectory} from '../scratch-directory.ts';

const fileOf = async (directory: string, name: string, text: string): Promise<string> => {
	await writeFile(join(directory, name), text);
	return join(directory, name);
};

const cluster = (name: string, server: string) => `{name: ${name}, cluster: {server: "${server}"}}`;

const loadList = (files: readonly string[], homeDirectory = '/nonexistent') =>
	loadKubeconfig({
		explicit: undefined,
		environment: {KUBECONFIG: files.join(delimiter)},
		homeDirectory,
	});

test('the first file that names an entry wins, and later files only add', async () => {
	const directory = await scratchDirectory();
	const a = await fileOf(directory, 'a', `clusters: [${cluster('one', 'https://a1')}]`);
	const b = await fileOf(
		directory,
		'b',
		`clusters: [${cluster('one', 'https://b1')}, ${cluster('two', 'https://b2')}]`,
	);

	const {clusters, files} = await loadList([a, b]);

	expect(
		clusters
			.names()
			.map(name => [name, clusters.get(name)?.server])
			.sort(),
	).toEqual([
		['one', 'https://a1'],
		['two', 'https://b2'],
	]);
	expect(files).toEqual([a, b]);
});

test('the first of two entries of one name in one file wins', async () => {
	const directory = await scratchDirectory();
	const file = await fileOf(
		directory,
		'a',
		`clusters: [${cluster('one', 'https://first')}, ${cluster('one', 'https://second')}]`,
	);

	expect((await loadList([file])).clusters.get('one')?.server).toBe('https://first');
});

test('the current context is that of the first file that sets one', async () => {
	const directory = await scratchDirectory();
	const a = await fileOf(directory, 'a', 'current-context: ""');
	const b = await fileOf(directory, 'b', 'current-context: from-b');
	const c = await fileOf(directory, 'c', 'current-context: from-c');

	expect((await loadList([a, b, c])).currentContext).toBe('from-b');
});

test('missing and empty files of the list are passed over', async () => {
	const directory = await scratchDirectory();
	const empty = await fileOf(directory, 'empty', '');
	const real = await fileOf(directory, 'real', 'current-context: x');

	expect((await loadList([join(directory, 'no-such'), empty, real])).currentContext).toBe('x');
});

test('the list is cut at the given delimiter', async () => {
	const directory = await scratchDirectory();
	await fileOf(directory, 'a', 'current-context: a');
	await fileOf(directory, 'b', `clusters: [${cluster('b', 'https://b')}]`);
	const config = await loadKubeconfig({
		explicit: undefined,
		environment: {KUBECONFIG: `${join(directory, 'a')};${join(directory, 'b')}`},
		homeDirectory: '/nonexistent',
		delimiter: ';',
	});

	expect(config.currentContext).toBe('a');
	expect(config.clusters.names()).toEqual(['b']);
});

test.each([{}, {KUBECONFIG: ''}])('with the environment %o ~/.kube/config is read', async environment => {
	const homeDirectory = await scratchDirectory();
	await mkdir(join(homeDirectory, '.kube'));
	await fileOf(homeDirectory, '.kube/config', 'current-context: home');

	const config = await loadKubeconfig({explicit: undefined, environment, homeDirectory});

	expect(config.currentContext).toBe('home');
});

test('where KUBECONFIG names files, ~/.kube/config is not read', async () => {
	const homeDirectory = await scratchDirectory();
	await mkdir(join(homeDirectory, '.kube'));
	await fileOf(homeDirectory, '.kube/config', 'current-context: home');

	expect((await loadList(['/nonexistent/config'], homeDirectory)).currentContext).toBeUndefined();
});

test('an explicit file is the only one read', async () => {
	const directory = await scratchDirectory();
	const listed = await fileOf(directory, 'listed', `clusters: [${cluster('listed', 'https://l')}]`);
	const explicit = await fileOf(directory, 'explicit', `clusters: [${cluster('given', 'https://g')}]`);

	const config = await loadKubeconfig({
		explicit,
		environment: {KUBECONFIG: listed},
		homeDirectory: directory,
	});

	expect(config.clusters.names()).toEqual(['given']);
});

test('an explicit file that does not exist is an error', async () => {
	const failure = await failureOf(() =>
		loadKubeconfig({explicit: '/nonexistent/config', environment: {}, homeDirectory: '/'}),
	);

	expect(failure.message).toBe('--kubeconfig /nonexistent/config: no such file');
});

test('a directory in place of a file is an error', async () => {
	const directory = await scratchDirectory();

	const failure = await failureOf(() => loadList([directory]));

	expect(failure.message).toBe(`cannot read ${directory}: it is a directory`);
});

test.skipIf(process.getuid?.() === 0)('a file without read permission is an error', async () => {
	const directory = await scratchDirectory();
	const file = await fileOf(directory, 'locked', 'current-context: x');
	await chmod(file, 0);

	const failure = await failureOf(() => loadList([file]));

	expect(failure.message).toBe(`cannot read ${file}: permission denied`);
});

test('relative paths are relative to the file that holds them', async () => {
	const directory = await scratchDirectory();
	await mkdir(join(directory, 'deep'));
	const user =
		'{tokenFile: t/token, client-certificate: ../c.crt, client-key: /abs/c.key, ' +
		'exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: ./bin/login}}';
	const file = await fileOf(
		directory,
		'deep/config',
		`clusters: [{name: c, cluster: {certificate-authority: ca.crt}}]\nusers: [{name: u, user: ${user}}]`,
	);

	const config = await loadList([file]);

	expect(config.clusters.get('c')?.certificateAuthority).toEqual({
		kind: 'file',
		path: join(directory, 'deep', 'ca.crt'),
	});
	expect(config.users.get('u')).toMatchObject({
		tokenFile: join(directory, 'deep', 't', 'token'),
		clientCertificate: {kind: 'file', path: join(directory, 'c.crt')},
		clientKey: {kind: 'file', path: '/abs/c.key'},
		exec: {command: join(directory, 'deep', 'bin', 'login')},
	});
});

test('a command without a slash is left for PATH', async () => {
	const directory = await scratchDirectory();
	const exec = '{apiVersion: client.authentication.k8s.io/v1beta1, command: aws}';
	const file = await fileOf(directory, 'config', `users: [{name: u, user: {exec: ${exec}}}]`);

	expect((await loadList([file])).users.get('u')?.exec).toMatchObject({
		command: 'aws',
		interactiveMode: 'IfAvailable',
		provideClusterInfo: false,
	});
});

test('embedded data wins over a file', async () => {
	const directory = await scratchDirectory();
	// base64 of "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
	const data = 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCkFBQUEKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=';
	const file = await fileOf(
		directory,
		'config',
		`clusters: [{name: c, cluster: {certificate-authority: ca.crt, certificate-authority-data: ${data}}}]`,
	);

	expect((await loadList([file])).clusters.get('c')?.certificateAuthority).toEqual({
		kind: 'data',
		pem: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
	});
});

test('a kubeconfig in JSON is read like one in YAML', async () => {
	const directory = await scratchDirectory();
	const file = await fileOf(
		directory,
		'config.json',
		JSON.stringify({
			apiVersion: 'v1',
			kind: 'Config',
			'current-context': 'j',
			contexts: [{name: 'j', context: {cluster: 'c', user: 'u', namespace: 'shop'}}],
		}),
	);

	const config = await loadList([file]);

	expect(config.currentContext).toBe('j');
	expect(config.contexts.get('j')).toEqual({cluster: 'c', user: 'u', namespace: 'shop'});
});

test('numbers and booleans where text belongs are taken as written, and unknown fields are ignored', async () => {
	const directory = await scratchDirectory();
	const user = '{token: 12345678901234567890, username: true, colour: {red: 1}}';
	const file = await fileOf(directory, 'config', `users: [{name: 7, user: ${user}}]`);

	expect((await loadList([file])).users.get('7')).toMatchObject({
		token: '12345678901234567890',
		username: 'true',
	});
});

test.each([
	['UTF-8', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf8')],
	['UTF-16, little-endian', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
	['UTF-16, big-endian', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
])('a kubeconfig in %s with a byte order mark is read', async (_, encode) => {
	const directory = await scratchDirectory();
	const file = join(directory, 'config');
	await writeFile(file, encode('current-context: ünï\ncontexts:\n- name: ünï\n  context: {cluster: c}\n'));

	const config = await loadList([file]);

	expect(config.currentContext).toBe('ünï');
	expect(config.contexts.get('ünï')?.cluster).toBe('c');
});

test.each([
	['yes', true],
	['Yes', true],
	['on', true],
	['y', true],
	['TRUE', true],
	['no', false],
	['off', false],
	['N', false],
	['False', false],
])('a flag that says %s is taken as YAML 1.1 has it', async (word, expected) => {
	const directory = await scratchDirectory();
	const file = await fileOf(
		directory,
		'config',
		`clusters: [{name: c, cluster: {insecure-skip-tls-verify: ${word}, disable-compression: ${word}}}]`,
	);

	expect((await loadList([file])).clusters.get('c')).toMatchObject({
		isInsecure: expected,
		disableCompression: expected,
	});
});

test('every impersonation field of a user is read', async () => {
	const directory = await scratchDirectory();
	const user =
		'{as: jane, as-uid: "42", as-groups: [dev, ops], as-user-extra: {scopes: [view, edit], reason: []}}';
	const file = await fileOf(directory, 'config', `users: [{name: u, user: ${user}}]`);

	expect((await loadList([file])).users.get('u')?.impersonation).toEqual({
		user: 'jane',
		uid: '42',
		groups: ['dev', 'ops'],
		extra: new Map([
			['scopes', ['view', 'edit']],
			['reason', []],
		]),
	});
});

test('a kubeconfig that never ends, or is nested without end, is refused by its size', async () => {
	const directory = await scratchDirectory();
	const deep = await fileOf(directory, 'deep', `users: ${'['.repeat(5000)}`);

	expect(await failureOf(() => loadList(['/dev/zero']))).toMatchObject({
		code: 'usage',
		message: '/dev/zero is larger than 32 MiB, which is more than ktop reads',
	});
	expect(await failureOf(() => loadList([deep]))).toMatchObject({
		code: 'usage',
		message: `${deep} is too large: more than 100 levels deep`,
	});
});
