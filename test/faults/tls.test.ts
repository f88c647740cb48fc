import type {ServerOptions} from 'node:https';
import type {Socket} from 'node:net';
import {join} from 'node:path';
import {startRaw} from '../http/raw-server.ts';
import {pem, startServer, tlsOf} from '../http/test-server.ts';
import {recorded} from '../scrape/kubelet/recorded-kubelet.ts';
import {type Fault, testFaults} from './family.ts';

const CA = join(import.meta.dirname, '../fixtures/tls/ca.crt');

/** A kubelet behind TLS. */
const secured =
	(tls: ServerOptions): Fault['serve'] =>
	async onEnd => {
		const server = await startServer((_request, response) => response.end(recorded('summary-1.json')), tls);
		onEnd(server.close);
		return server.origin;
	};

/** What a server does with the first bytes of a handshake. */
const onHello =
	(answer: (socket: Socket) => unknown): Fault['serve'] =>
	async onEnd => {
		const server = await startRaw(socket => socket.once('data', () => answer(socket)));
		onEnd(server.close);
		return `https://${server.address}`;
	};

/** A fatal alert, as Go's servers send it. */
const alert = (code: number): Fault['serve'] =>
	onHello(socket => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, code])));

const FAULTS: readonly Fault[] = [
	{
		fault: 'an expired certificate',
		serve: secured(tlsOf('server-expired')),
		sees: {
			row: 'tls: expired',
			code: 'tls-expired',
			said: 'the certificate of kubelet https://HOST is expired or not yet valid; renew the certificate, or check the clocks of both machines',
		},
	},
	{
		fault: 'a certificate without the address',
		serve: secured(tlsOf('server-hostname')),
		sees: {
			row: 'tls: no IP SAN',
			code: 'tls-name-mismatch',
			said: 'the certificate of kubelet https://HOST is not for HOST but for DNS:node-a; pass a name from the certificate with --kubelet-server-name NAME, or accept any certificate with --kubelet-insecure-tls',
		},
	},
	{
		fault: 'a certificate of an unknown authority',
		serve: secured(tlsOf('client-unknown')),
		sees: {
			row: 'tls: unknown authority',
			code: 'tls-unknown-authority',
			said: 'the certificate of kubelet https://HOST is not signed by a known authority; pass its CA with --kubelet-ca FILE, or accept any certificate with --kubelet-insecure-tls',
		},
	},
	{
		fault: 'a client certificate is required',
		serve: secured({...tlsOf('server-ip'), ca: pem('ca.crt'), requestCert: true, rejectUnauthorized: true}),
		sees: {
			row: 'tls: client certificate',
			code: 'tls-client-certificate',
			said: 'kubelet https://HOST rejected the client certificate, or requires one; pass one that it trusts with --client-certificate FILE --client-key FILE',
		},
	},
	{
		fault: 'the server has no certificate yet',
		serve: alert(80),
		sees: {
			row: 'tls: internal error',
			code: 'tls-internal-error',
			said: 'kubelet https://HOST aborted the TLS handshake with an internal error: it probably has no certificate; kubectl get csr, then kubectl certificate approve NAME for the pending kubelet-serving request',
		},
	},
	{
		fault: 'the handshake stalls',
		serve: onHello(() => {}),
		sees: {
			row: 'timeout 3s',
			code: 'timeout',
			said: 'kubelet https://HOST accepted the connection but did not complete the TLS handshake within 3s; check the kubelet and the network; --request-timeout raises the deadline',
		},
	},
	{
		fault: 'the handshake is cut off',
		serve: onHello(socket => socket.end()),
		sees: {
			row: 'connection lost',
			code: 'connection-lost',
			said: 'kubelet https://HOST closed the connection: Client network socket disconnected before secure TLS connection was established; ktop retries automatically; the server may require a client certificate, or a firewall closes connections',
		},
	},
	{
		fault: 'the handshake is reset',
		serve: onHello(socket => socket.resetAndDestroy()),
		sees: {
			row: 'connection lost',
			code: 'connection-lost',
			said: 'kubelet https://HOST closed the connection: read ECONNRESET; ktop retries automatically; the server may require a client certificate, or a firewall closes connections',
		},
	},
	{
		fault: 'garbage for a handshake',
		serve: onHello(socket => socket.end('SSH-2.0-OpenSSH_9.2\r\n')),
		sees: {
			row: 'tls: not https',
			code: 'tls-not-https',
			said: 'kubelet https://HOST does not use TLS on that port; use http://HOST if it uses plain HTTP, else the port for TLS',
		},
	},
	{
		fault: 'only versions of TLS that are too old',
		serve: alert(70),
		sees: {
			row: 'tls: no common version',
			code: 'tls-version',
			said: 'kubelet https://HOST speaks no version of TLS that ktop speaks, or no cipher of it; enable TLS 1.2 or 1.3 on the kubelet',
		},
	},
	{
		fault: 'http on the port for https',
		serve: async onEnd => {
			const server = await startServer((_request, response) => response.end());
			onEnd(server.close);
			return server.origin.replace('http:', 'https:');
		},
		sees: {
			row: 'tls: not https',
			code: 'tls-not-https',
			said: 'kubelet https://HOST does not use TLS on that port; use http://HOST if it uses plain HTTP, else the port for TLS',
		},
	},
	{
		fault: 'https on the port for http',
		serve: async onEnd => (await secured(tlsOf('server-ip'))(onEnd)).replace('https:', 'http:'),
		sees: {
			row: 'connection lost',
			code: 'connection-lost',
			said: 'kubelet http://HOST closed the connection; ktop retries automatically; a proxy or firewall may close connections, or the kubelet requires TLS: https://HOST',
		},
	},
];

testFaults('TLS', FAULTS, ['--kubelet-ca', CA, '--request-timeout', '60s']);
