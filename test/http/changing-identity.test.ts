import type {TLSSocket} from 'node:tls';
import {expect, onTestFinished, test} from 'vitest';
import {createEndpoint} from '../../source/http/create-endpoint.ts';
import type {ClientCertificate, EndpointOptions} from '../../source/http/endpoint.ts';
import {pem, startServer, tlsOf} from './test-server.ts';

const words = {server: 'API server', caFlag: '--ca', insecureFlag: '--insecure', serverNameFlag: '--name'};
const limits = {timeoutMs: 60_000, maxBytes: 1000};
const certificates = {
	first: {certificate: pem('client.crt'), key: pem('client.key')},
	second: {certificate: pem('client-unknown.crt'), key: pem('client-unknown.key')},
};

/** An HTTPS server that answers with the fingerprint of the client's certificate. */
const serveIdentity = async () => {
	const server = await startServer(
		(request, response) => {
			const peer = (request.socket as TLSSocket).getPeerX509Certificate();
			response.end(peer?.fingerprint256 ?? 'nobody');
		},
		{...tlsOf('server-ip'), requestCert: true, rejectUnauthorized: false},
	);
	onTestFinished(server.close);
	return server;
};

const endpointTo = (origin: string, options: Partial<EndpointOptions>) => {
	const endpoint = createEndpoint({origin, words, tls: {ca: pem('ca.crt')}, ...options});
	onTestFinished(endpoint.close);
	return endpoint;
};

test('a client certificate that changes in mid-run is shown over a new connection, once', async () => {
	const server = await serveIdentity();
	let certificate: ClientCertificate | undefined;
	const endpoint = endpointTo(server.origin, {clientCertificate: async () => certificate});
	const ask = async () => (await endpoint.get('/', limits)).body.toString();

	const seen = [await ask()];
	certificate = certificates.first;
	seen.push(await ask(), await ask());
	certificate = {...certificates.first};
	seen.push(await ask());
	certificate = certificates.second;
	seen.push(await ask());

	const [nobody, first, again, copy, second] = seen;
	expect(nobody).toBe('nobody');
	expect(first).toMatch(/^[0-9A-F:]{95}$/u);
	expect([again, copy]).toEqual([first, first]);
	expect(second).toMatch(/^[0-9A-F:]{95}$/u);
	expect(second).not.toBe(first);
	expect(server.connections()).toBe(3);
});

test('a request that is under way when the certificate changes is still answered', async () => {
	const answers: Array<() => void> = [];
	const server = await startServer((request, response) => {
		if (request.url === '/slow') {
			answers.push(() => response.end('late'));
		} else {
			response.end('quick');
		}
	}, tlsOf('server-ip'));
	onTestFinished(server.close);
	let certificate: ClientCertificate = certificates.first;
	const endpoint = endpointTo(server.origin, {clientCertificate: async () => certificate});
	const slow = endpoint.get('/slow', limits);
	await expect.poll(() => answers.length).toBe(1);
	certificate = certificates.second;

	expect((await endpoint.get('/', limits)).body.toString()).toBe('quick');
	answers[0]?.();
	expect((await slow).body.toString()).toBe('late');
});

test('headers of the endpoint come with every request, a repeated one as several lines', async () => {
	const seen: Array<readonly string[]> = [];
	const server = await startServer((request, response) => {
		seen.push(request.rawHeaders);
		response.end();
	});
	onTestFinished(server.close);
	const headers = [
		['Impersonate-User', 'jane'],
		['Impersonate-Group', 'dev'],
		['Impersonate-Group', 'ops'],
	] as const;
	const endpoint = endpointTo(server.origin, {headers});
	await endpoint.get('/', limits);
	await endpoint.stream('/', {idleTimeoutMs: 5000, maxLineBytes: 10});

	const pairs = (raw: readonly string[] | undefined) =>
		(raw ?? []).flatMap((name, at) =>
			at % 2 === 0 && name.startsWith('Impersonate') ? [[name, raw?.[at + 1]]] : [],
		);
	expect(seen.map(pairs)).toEqual([headers, headers]);
});
