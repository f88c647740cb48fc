import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {serverVersion} from '../../../source/cluster/connection/api/server-version.ts';
import type {ConnectionOptions} from '../../../source/cluster/connection/options.ts';
import {kubeletTarget} from '../../../source/scrape/kubelet/target.ts';
import type {Target} from '../../../source/scrape/target.ts';
import {visit} from '../../../source/scrape/visit.ts';
import {startProxy} from '../../http/proxy-server.ts';
import {startRaw} from '../../http/raw-server.ts';
import {startSocks} from '../../http/socks-server.ts';
import {clockAt, tlsPath, tlsText} from './access-fixture.ts';
import {serveApi} from './api-server.ts';
import {connect} from './connect.ts';
import {failureOf} from './failure-of.ts';
import {scratchDirectory, writeScript} from './scratch-directory.ts';

const limits = {timeoutMs: 60_000, maxBytes: 100_000};
const version = await readFile(new URL('../../fixtures/apiserver/version.json', import.meta.url), 'utf8');
const unauthorized = await readFile(
	new URL('../../fixtures/apiserver/401-bad-token.json', import.meta.url),
	'utf8',
);

const open = async (options: Partial<ConnectionOptions>) => {
	const connection = await connect({
		environment: {},
		homeDirectory: '/nonexistent',
		now: Date.now,
		isInteractive: () => false,
		serviceAccountDirectory: '/nonexistent',
		...options,
	});
	onTestFinished(connection.close);
	return connection;
};

const base64 = (text: string) => Buffer.from(text).toString('base64');

const kubeconfigFile = async (cluster: object, user: object, context: object = {}) => {
	const file = join(await scratchDirectory(), 'config');
	const config = {
		'current-context': 'prod',
		clusters: [{name: 'prod-eu', cluster}],
		users: [{name: 'viewer', user}],
		contexts: [{name: 'prod', context: {cluster: 'prod-eu', user: 'viewer', ...context}}],
	};
	await writeFile(file, JSON.stringify(config));
	return file;
};

test('a client certificate of the kubeconfig opens a server that asks for one', async () => {
	const server = await serveApi((_request, response) => response.end(version), {
		requestCert: true,
		rejectUnauthorized: true,
	});
	const kubeconfig = await kubeconfigFile(
		{server: `https://localhost:${server.port}`, 'certificate-authority-data': base64(tlsText('ca.crt'))},
		{
			'client-certificate': tlsPath('alice.crt'),
			'client-key-data': base64(tlsText('alice.key')),
		},
		{namespace: 'shop'},
	);

	const connection = await open({kubeconfig});

	// jq -r '.gitVersion, .major, .minor, .platform' version.json
	expect(await serverVersion(connection.api, {timeoutMs: 60_000})).toEqual({
		gitVersion: 'v1.36.2',
		major: 1,
		minor: 36,
		platform: 'linux/amd64',
	});
	expect(server.requests).toMatchObject([{method: 'GET', url: '/version', certificate: 'alice'}]);
	expect(connection.label).toEqual({
		origin: 'kubeconfig',
		context: 'prod',
		cluster: 'prod-eu',
		user: 'viewer',
		namespace: 'shop',
		isInsecure: false,
		server: `https://localhost:${server.port}`,
	});
	expect((await connection.kubeletCredentials.clientCertificate())?.certificate).toBe(tlsText('alice.crt'));
});

test('flags win over the kubeconfig', async () => {
	const server = await serveApi((_request, response) => response.end('{}'), {requestCert: true});
	const kubeconfig = await kubeconfigFile(
		{server: 'https://nobody.invalid', 'certificate-authority': '/nonexistent/ca.crt'},
		{token: 'from-the-file', as: 'somebody'},
	);

	const connection = await open({
		kubeconfig,
		server: `https://127.0.0.1:${server.port}`,
		certificateAuthority: tlsPath('ca.crt'),
		clientCertificate: tlsPath('bob.crt'),
		clientKey: tlsPath('bob.key'),
		token: 'from-the-flag',
		as: 'jane',
		asGroups: ['dev', 'ops'],
		asUid: '42',
		namespace: 'payments',
	});
	await connection.api.get('/api', limits);

	expect(server.requests).toMatchObject([
		{
			authorization: 'Bearer from-the-flag',
			certificate: 'bob',
			impersonation: [
				['Impersonate-User', 'jane'],
				['Impersonate-Uid', '42'],
				['Impersonate-Group', 'dev'],
				['Impersonate-Group', 'ops'],
			],
		},
	]);
	expect(connection.label).toMatchObject({user: 'jane', namespace: 'payments'});
	expect(connection.kubeletCredentials.isImpersonating).toBe(true);
	expect(await connection.kubeletCredentials.authorization()).toBe('Bearer from-the-flag');
});

test('a server whose certificate is for another name needs tls-server-name', async () => {
	const server = await serveApi((_request, response) => response.end('{}'), {
		cert: tlsText('server-named.crt'),
		key: tlsText('server-named.key'),
	});
	const url = `https://127.0.0.1:${server.port}`;
	const certificateAuthority = tlsPath('ca.crt');
	const without = await open({url, certificateAuthority});
	const named = await open({url, certificateAuthority, tlsServerName: 'kube.internal'});

	expect(await failureOf(() => without.api.get('/api', limits))).toMatchObject({code: 'tls-name-mismatch'});
	expect((await named.api.get('/api', limits)).status).toBe(200);
});

test('an unknown authority is refused, unless verification is switched off by the flag', async () => {
	const server = await serveApi((_request, response) => response.end('{}'));
	const kubeconfig = await kubeconfigFile(
		{server: `https://127.0.0.1:${server.port}`, 'certificate-authority-data': base64(tlsText('alice.crt'))},
		{},
	);
	const strict = await open({kubeconfig});
	const insecure = await open({kubeconfig, isInsecure: true});

	const failure = await failureOf(() => strict.api.get('/api', limits));

	expect(failure).toMatchObject({code: 'tls-unknown-authority'});
	expect(failure.hint).toContain('--certificate-authority');
	expect((await insecure.api.get('/api', limits)).status).toBe(200);
});

test('a plain http server of old clusters is read without any credential', async () => {
	const server = await serveApi((_request, response) => response.end('{}'), 'plain');
	const kubeconfig = await kubeconfigFile(
		{server: `http://127.0.0.1:${server.port}`},
		{token: 'never-in-clear', 'client-certificate': '/nonexistent'},
	);
	const fromUrl = await open({url: `http://127.0.0.1:${server.port}?inClusterConfig=false`});
	const fromFile = await open({kubeconfig});
	await fromUrl.api.get('/api/v1/nodes', limits);
	await fromFile.api.get('/api/v1/nodes', limits);

	expect(server.requests).toMatchObject([{authorization: undefined}, {authorization: undefined}]);
	expect(fromUrl.label).toMatchObject({origin: 'url', context: undefined, namespace: 'default'});
});

test('the path of the server address comes before every path', async () => {
	const server = await serveApi((_request, response) => response.end('{"a":1}\n'), 'plain');
	const {api} = await open({url: `http://127.0.0.1:${server.port}/k8s/clusters/c-x/`});
	await api.get('/api/v1/nodes?limit=1', limits);
	const stream = await api.stream('/api/v1/pods?watch=1', {idleTimeoutMs: 5_000, maxLineBytes: 100});
	stream.close();

	expect(server.requests.map(({url}) => url)).toEqual([
		'/k8s/clusters/c-x/api/v1/nodes?limit=1',
		'/k8s/clusters/c-x/api/v1/pods?watch=1',
	]);
});

test('the proxy of the cluster is used, and before it that of the environment is not asked', async () => {
	const server = await serveApi((_request, response) => response.end('{}'));
	const proxy = await startProxy(200, undefined, {port: server.port});
	onTestFinished(proxy.close);
	const authority = {'certificate-authority': tlsPath('ca.crt'), 'tls-server-name': 'localhost'};
	const named = await kubeconfigFile(
		{...authority, server: 'https://kube.invalid:6443', 'proxy-url': `http://127.0.0.1:${proxy.port}`},
		{},
	);
	const unnamed = await kubeconfigFile({...authority, server: 'https://other.invalid:6443'}, {});
	const first = await open({
		kubeconfig: named,
		environment: {HTTPS_PROXY: 'http://nobody.invalid:1', NO_PROXY: '*'},
	});
	const second = await open({
		kubeconfig: unnamed,
		environment: {HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`},
	});
	await first.api.get('/api', limits);
	await second.api.get('/api', limits);

	expect(proxy.tunnels.map(({target}) => target)).toEqual(['kube.invalid:6443', 'other.invalid:6443']);
});

test('a SOCKS proxy is used, be it of the cluster or of the environment', async () => {
	const server = await serveApi((_request, response) => response.end(version));
	const socks = await startSocks({redirectPort: server.port});
	onTestFinished(socks.close);
	const proxy = `socks5://127.0.0.1:${socks.port}`;
	const authority = {'certificate-authority': tlsPath('ca.crt'), 'tls-server-name': 'localhost'};
	const first = await open({
		kubeconfig: await kubeconfigFile(
			{...authority, server: 'https://kube.invalid:6443', 'proxy-url': proxy},
			{},
		),
	});
	const second = await open({
		kubeconfig: await kubeconfigFile({...authority, server: 'https://other.invalid:6443'}, {}),
		environment: {HTTPS_PROXY: proxy},
	});
	const third = await open({
		kubeconfig: await kubeconfigFile({...authority, server: 'https://third.invalid:6443'}, {}),
		environment: {ALL_PROXY: proxy},
	});
	await first.api.get('/api', limits);
	await second.api.get('/api', limits);
	await third.api.get('/api', limits);

	expect(socks.targets).toEqual(['kube.invalid:6443', 'other.invalid:6443', 'third.invalid:6443']);
});

/** Accepts the tokens that it is told to. */
const serveTokens = async (accepted: Set<string>) =>
	serveApi((request, response) => {
		const isKnown = accepted.has(request.headers.authorization?.replace('Bearer ', '') ?? '');
		if (isKnown) {
			response.end('{"ok":true}\n');
		} else {
			response.writeHead(401).end(unauthorized);
		}
	});

const serviceAccount = async (token: string) => {
	const directory = join(await scratchDirectory(), 'serviceaccount');
	await mkdir(directory);
	await writeFile(join(directory, 'token'), token);
	await writeFile(join(directory, 'ca.crt'), tlsText('ca.crt'));
	await writeFile(join(directory, 'namespace'), 'monitoring\n');
	return directory;
};

test('inside a pod the service account is used', async () => {
	const server = await serveTokens(new Set(['sa-1']));
	const {api, label} = await open({
		environment: {KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(server.port)},
		serviceAccountDirectory: await serviceAccount('sa-1'),
	});

	expect((await api.get('/api', limits)).status).toBe(200);
	expect(label).toEqual({
		origin: 'in-cluster',
		context: undefined,
		cluster: 'in-cluster',
		user: 'service account',
		namespace: 'monitoring',
		isInsecure: false,
		server: `https://127.0.0.1:${server.port}`,
	});
});

test('an IPv6 service address gets its brackets', async () => {
	const {label} = await open({
		environment: {KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443'},
		serviceAccountDirectory: await serviceAccount('sa-1'),
	});

	expect(label.server).toBe('https://[fd00::1]');
});

test('a rotated service account token loses no request', async () => {
	const accepted = new Set(['sa-1']);
	const server = await serveTokens(accepted);
	const directory = await serviceAccount('sa-1');
	const {api} = await open({
		environment: {KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(server.port)},
		serviceAccountDirectory: directory,
		// A clock that stands still: only the 401 makes ktop look at the file.
		now: clockAt(0).now,
	});
	await api.get('/api', limits);
	await writeFile(join(directory, 'token'), 'sa-2');
	accepted.clear();
	accepted.add('sa-2');

	expect((await api.get('/api', limits)).status).toBe(200);
	expect(server.requests.map(({authorization}) => authorization)).toEqual([
		'Bearer sa-1',
		'Bearer sa-1',
		'Bearer sa-2',
	]);
});

test('a token that stays refused is tried once, and its 401 is the answer', async () => {
	const server = await serveTokens(new Set());
	const {api} = await open({
		url: `https://127.0.0.1:${server.port}`,
		certificateAuthority: tlsPath('ca.crt'),
		token: 'bad',
	});

	const answer = await api.get('/api', limits);

	expect(answer.status).toBe(401);
	expect(answer.body.toString()).toBe(unauthorized);
	expect(server.requests).toHaveLength(1);
});

const execUser = (command: string) => ({
	exec: {apiVersion: 'client.authentication.k8s.io/v1', command, interactiveMode: 'Never'},
});

const tokenPlugin = (directory: string) => `printf x >>"${directory}/runs"
echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'"$(cat "${directory}/next")"'"}}'`;

test('many requests and watches that meet an expired exec token share one refresh and all succeed', async () => {
	const accepted = new Set(['t1']);
	const server = await serveTokens(accepted);
	const directory = await scratchDirectory();
	const command = await writeScript(directory, 'login', tokenPlugin(directory));
	await writeFile(join(directory, 'next'), 't1');
	const kubeconfig = await kubeconfigFile(
		{server: `https://127.0.0.1:${server.port}`, 'certificate-authority': tlsPath('ca.crt')},
		execUser(command),
	);
	const {api} = await open({kubeconfig, environment: {PATH: process.env.PATH}});
	await api.get('/api', limits);
	await writeFile(join(directory, 'next'), 't2');
	accepted.clear();
	accepted.add('t2');

	const answers = await Promise.all([
		...Array.from({length: 10}, () => api.get('/api', limits)),
		...Array.from({length: 3}, () => api.stream('/watch', {idleTimeoutMs: 5_000, maxLineBytes: 100})),
	]);

	expect(answers.map(({status}) => status)).toEqual(Array.from({length: 13}, () => 200));
	expect(await readFile(join(directory, 'runs'), 'utf8')).toBe('xx');
});

test('an exec plugin that renews its client certificate is followed by new connections', async () => {
	const allowed = new Set(['alice']);
	const server = await serveApi(
		(request, response) => {
			const name = 'getPeerCertificate' in request.socket ? server.requests.at(-1)?.certificate : undefined;
			if (name !== undefined && allowed.has(name)) {
				response.end('{}');
			} else {
				response.writeHead(401).end(unauthorized);
			}
		},
		{requestCert: true, rejectUnauthorized: false},
	);
	const directory = await scratchDirectory();
	const give = async (name: string) =>
		writeFile(
			join(directory, 'next.json'),
			JSON.stringify({
				apiVersion: 'client.authentication.k8s.io/v1',
				kind: 'ExecCredential',
				status: {clientCertificateData: tlsText(`${name}.crt`), clientKeyData: tlsText(`${name}.key`)},
			}),
		);
	await give('alice');
	const command = await writeScript(directory, 'login', `cat "${directory}/next.json"`);
	const kubeconfig = await kubeconfigFile(
		{server: `https://127.0.0.1:${server.port}`, 'certificate-authority': tlsPath('ca.crt')},
		execUser(command),
	);
	const {api} = await open({kubeconfig, environment: {PATH: process.env.PATH}});
	const before = await api.get('/api', limits);
	await give('bob');
	allowed.clear();
	allowed.add('bob');
	const after = await api.get('/api', limits);

	expect([before.status, after.status]).toEqual([200, 200]);
	expect(server.requests.map(({certificate}) => certificate)).toEqual(['alice', 'alice', 'bob']);
});

test('nothing but GET is sent, whatever is refused and tried again', async () => {
	const server = await serveApi((request, response) => {
		if (request.url === '/busy' && server.requests.length === 1) {
			response.writeHead(429, {'retry-after': '0'}).end();
		} else {
			response.writeHead(401).end(unauthorized);
		}
	});
	const {api} = await open({
		url: `https://127.0.0.1:${server.port}`,
		certificateAuthority: tlsPath('ca.crt'),
		token: 't',
	});
	await api.get('/busy', limits);
	await api.get('/other', limits);
	await api.stream('/watch', {idleTimeoutMs: 5_000, maxLineBytes: 100});

	expect(new Set(server.requests.map(({method}) => method))).toEqual(new Set(['GET']));
	expect(server.requests).toHaveLength(4);
});

test('with neither kubeconfig nor pod there is nothing to connect to', async () => {
	expect(await failureOf(() => open({}))).toMatchObject({code: 'not-found', brief: 'no cluster'});
});

test.each([
	[
		'does not exist',
		'/nonexistent/ca.crt',
		'cannot read the certificate authority /nonexistent/ca.crt: no such file or directory',
	],
	[
		'is no certificate',
		tlsPath('alice.key'),
		`the certificate authority ${tlsPath('alice.key')} does not contain a PEM certificate`,
	],
])('a certificate authority that %s is explained', async (_, certificateAuthority, message) => {
	const failure = await failureOf(() => open({url: 'https://kube.invalid', certificateAuthority}));

	expect(failure.message).toBe(message);
});

test('an API server with the other scheme is reported with the address to use', async () => {
	const {address, close} = await startRaw(socket =>
		socket.once('data', () =>
			socket.end('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n'),
		),
	);
	onTestFinished(close);
	const plain = await open({kubeconfig: await kubeconfigFile({server: `http://${address}`}, {})});
	const secure = await open({kubeconfig: await kubeconfigFile({server: `https://${address}`}, {})});

	expect(await failureOf(() => plain.api.get('/api', limits))).toMatchObject({
		message: `API server http://${address} requires TLS on that port`,
		hint: `use https://${address}`,
	});
	expect(await failureOf(() => secure.api.get('/api', limits))).toMatchObject({
		code: 'tls-not-https',
		hint: expect.stringContaining(`use http://${address}`),
	});
});

test('a plugin that a scrape waits for in vain is named, and not the kubelet', async () => {
	const directory = await scratchDirectory();
	const command = await writeScript(directory, 'login-plugin', 'exec sleep 30');
	const end = new AbortController();
	onTestFinished(() => end.abort());
	const apiVersion = 'client.authentication.k8s.io/v1';
	const kubeconfig = await kubeconfigFile(
		{server: 'https://localhost:1'},
		{exec: {apiVersion, command, interactiveMode: 'Never'}},
	);
	const {kubeletCredentials, api, waitsFor} = await open({
		kubeconfig,
		environment: {PATH: process.env.PATH},
		signal: end.signal,
	});
	expect(waitsFor()).toBeUndefined();
	const target = kubeletTarget({url: 'https://localhost:1', ...kubeletCredentials});
	onTestFinished(() => target.close());
	const viaApi: Target = {
		...target,
		scrape: async context => {
			await api.get('/x', {...limits, signal: context.signal});
			return target.scrape(context);
		},
	};

	for (const scraped of [target, viaApi]) {
		const failure = await failureOf(() =>
			visit(scraped, {timeoutMs: 100, signal: new AbortController().signal}),
		);

		expect(failure).toMatchObject({
			code: 'unauthorized',
			message: 'exec plugin "login-plugin" did not exit within 0.1s',
		});
	}
	expect(waitsFor()).toBe('exec plugin "login-plugin"');
});
