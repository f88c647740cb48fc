import {copyFile, mkdtemp, rm, symlink} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {createEndpoint} from '../../source/http/create-endpoint.ts';
import {createStoreEndpoint} from '../../source/http/create-store-endpoint.ts';
import type {EndpointOptions} from '../../source/http/endpoint.ts';
import {readAuthorities} from '../../source/http/system-authorities.ts';
import {startProxy} from './proxy-server.ts';
import {pem, startServer, tlsOf} from './test-server.ts';

const words = {
	server: 'API server',
	caFlag: '--certificate-authority FILE',
	insecureFlag: '--insecure-skip-tls-verify',
	serverNameFlag: '--tls-server-name NAME',
};
const limits = {timeoutMs: 60_000, maxBytes: 1000};
const fixture = (file: string) => join(import.meta.dirname, '../fixtures/tls', file);

beforeAll(() => {
	// Read by the first connection that has no CA; no other test of this file may come before.
	process.env.SSL_CERT_FILE = fixture('ca.crt');
});

const endpointTo = (origin: string, options: Partial<EndpointOptions>) => {
	const endpoint = createEndpoint({origin, words, ...options});
	onTestFinished(endpoint.close);
	return endpoint;
};

const serve = async (certificate: string) => {
	const server = await startServer((_request, response) => response.end('ok'), tlsOf(certificate));
	onTestFinished(server.close);
	return server;
};

describe('a CA that is given', () => {
	test.each([
		['an intermediate, whose root is unknown', 'server-intermediate', 'intermediate-ca.crt'],
		['the server’s own certificate, which another signed', 'server-ip', 'server-ip.crt'],
		['a root', 'server-ip', 'ca.crt'],
	])('may be %s', async (_what, certificate, ca) => {
		const {origin} = await serve(certificate);

		expect((await endpointTo(origin, {tls: {ca: pem(ca)}}).get('/', limits)).status).toBe(200);
	});

	test('is the only one that is trusted', async () => {
		const {origin} = await serve('server-ip');

		await expect(endpointTo(origin, {tls: {ca: pem('other-ca.crt')}}).get('/', limits)).rejects.toMatchObject(
			{
				code: 'tls-unknown-authority',
			},
		);
	});
});

describe('without one, the system’s store', () => {
	test('is trusted for a server that is read', async () => {
		const {origin} = await serve('server-ip');

		expect((await endpointTo(origin, {}).get('/', limits)).status).toBe(200);
	});

	test('is trusted for a store', async () => {
		const {origin} = await serve('server-ip');
		const store = createStoreEndpoint({origin, words});
		onTestFinished(store.close);

		expect((await store.post('/', Buffer.from('x'), 'text/plain', limits)).status).toBe(200);
	});

	test('is trusted for a proxy, whatever CA the server behind it has', async () => {
		const {origin} = await serve('server-intermediate');
		const proxy = await startProxy(200, tlsOf('server-ip'));
		onTestFinished(proxy.close);
		const endpoint = endpointTo(origin, {
			tls: {ca: pem('intermediate-ca.crt')},
			proxy: `https://127.0.0.1:${proxy.port}`,
		});

		expect((await endpoint.get('/', limits)).status).toBe(200);
	});

	test('does not hold everybody: the hint names the CA before it names going without', async () => {
		const {origin} = await serve('server-intermediate');

		await expect(endpointTo(origin, {}).get('/', limits)).rejects.toMatchObject({
			code: 'tls-unknown-authority',
			hint: 'pass its CA with --certificate-authority FILE, or accept any certificate with --insecure-skip-tls-verify',
		});
	});

	test('does not hold every proxy: the hint says what to do, and never to go without', async () => {
		const proxy = await startProxy(200, tlsOf('server-intermediate'));
		onTestFinished(proxy.close);
		const endpoint = endpointTo('https://kube.invalid', {proxy: `https://127.0.0.1:${proxy.port}`});

		await expect(endpoint.get('/', limits)).rejects.toMatchObject({
			code: 'tls-unknown-authority',
			message: expect.stringContaining(`proxy https://127.0.0.1:${proxy.port}`),
			hint: 'pass its CA with SSL_CERT_FILE=FILE',
		});
	});
});

describe('the system’s store is read from', () => {
	const folderWith = async (...files: readonly string[]) => {
		const folder = await mkdtemp(join(tmpdir(), 'ktop-authorities-'));
		onTestFinished(() => rm(folder, {recursive: true}));
		await Promise.all(files.map(file => copyFile(fixture(file), join(folder, file))));
		return folder;
	};
	const nowhere = {files: ['/nonexistent/ca.crt'], folders: ['/nonexistent']};
	const content = (text: string) => text.replaceAll('\n', '');
	const namesOf = async (...given: Parameters<typeof readAuthorities>) => {
		const read = ((await readAuthorities(...given)) ?? []).map(content);
		return ['ca.crt', 'other-ca.crt', 'intermediate-ca.crt'].filter(file =>
			read.includes(content(pem(file))),
		);
	};

	test('the first file that is there, and all files of the folders', async () => {
		const folder = await folderWith('intermediate-ca.crt');
		const places = {
			files: ['/nonexistent/ca.crt', fixture('ca.crt'), fixture('other-ca.crt')],
			folders: [folder, '/nonexistent'],
		};

		expect(await namesOf({}, places)).toEqual(['ca.crt', 'intermediate-ca.crt']);
	});

	test('SSL_CERT_FILE and SSL_CERT_DIR instead, where they are set', async () => {
		const [first, second] = [await folderWith('other-ca.crt'), await folderWith('intermediate-ca.crt')];
		const places = {files: [fixture('other-ca.crt')], folders: [second]};
		const environment = {SSL_CERT_FILE: fixture('ca.crt'), SSL_CERT_DIR: `${first}:/nonexistent`};

		expect(await namesOf(environment, places)).toEqual(['ca.crt', 'other-ca.crt']);
	});

	test('each certificate once, though folders name them by hash too', async () => {
		const folder = await folderWith('ca.crt');
		await symlink('ca.crt', join(folder, '0a1b2c3d.0'));
		const read = await readAuthorities({SSL_CERT_DIR: folder, SSL_CERT_FILE: fixture('ca.crt')}, nowhere);

		expect(read?.filter(text => content(text) === content(pem('ca.crt')))).toHaveLength(1);
	});

	test('NODE_EXTRA_CA_CERTS too, which Node forgets once it is given a list', async () => {
		const environment = {SSL_CERT_FILE: fixture('ca.crt'), NODE_EXTRA_CA_CERTS: fixture('other-ca.crt')};

		expect(await namesOf(environment, nowhere)).toEqual(['ca.crt', 'other-ca.crt']);
	});

	test('nowhere, where there is none: Node’s own are left as they are', async () => {
		expect(await readAuthorities({}, nowhere)).toBeUndefined();
	});
});
