import {apiFailure} from '../../../source/cluster/connection/api/api-failure.ts';
import {createEndpoint} from '../../../source/http/create-endpoint.ts';
import type {ApiAccess} from '../../../source/scrape/metrics-api/api-access.ts';
import {pem, tlsOf} from '../../http/test-server.ts';
import {type RecordedOptions, type RecordedServer, startRecordedServer} from '../recorded-server.ts';

/** The one token that the recorded API server knows. */
const TOKEN = 'for-the-api-server';

export type RecordedApi = RecordedServer & {readonly access: ApiAccess};

/** An HTTPS server that answers as an API server did, from test/fixtures/apiserver, and the access to it. */
export async function startRecordedApi(options: RecordedOptions = {}): Promise<RecordedApi> {
	const server = await startRecordedServer(
		'apiserver',
		{notFound: 'proxy-404.txt', unauthorized: '401-bad-token.json'},
		{tls: tlsOf('server-ip'), token: TOKEN, ...options},
	);
	const endpoint = createEndpoint({
		origin: server.origin,
		words: {server: 'API server', caFlag: '--a', insecureFlag: '--b', serverNameFlag: '--c'},
		tls: {ca: pem('ca.crt')},
		authorization: async () => `Bearer ${TOKEN}`,
		connections: 32,
	});
	return {
		...server,
		access: {origin: server.origin, get: endpoint.get, failureOf: apiFailure},
		async close() {
			await endpoint.close();
			await server.close();
		},
	};
}
