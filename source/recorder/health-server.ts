import {createServer} from 'node:http';
import {KtopError} from '../metrics/model/failure.ts';
import {systemErrorWords} from '../metrics/model/system-error.ts';
import type {ListenAddress} from '../options/options.ts';
import {healthMetrics, type RecorderHealth, unhealthyReason} from './health.ts';

/** Answers /healthz and /metrics; throws `KtopError` (`usage`) where the address is taken. The result ends it. */
export async function startHealthServer(
	{host, port}: ListenAddress,
	healthOf: () => RecorderHealth,
): Promise<{readonly port: number; readonly close: () => Promise<void>}> {
	const server = createServer((request, response) => {
		const say = (status: number, text: string): void => {
			response.writeHead(status, {'content-type': 'text/plain; version=0.0.4; charset=utf-8'});
			response.end(request.method === 'HEAD' ? '' : text);
		};
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			say(405, 'only GET and HEAD\n');
			return;
		}

		switch (request.url?.split('?')[0]) {
			case '/healthz': {
				const reason = unhealthyReason(healthOf());
				say(reason === undefined ? 200 : 503, `${reason ?? 'ok'}\n`);
				break;
			}

			case '/metrics':
				say(200, healthMetrics(healthOf()));
				break;
			default:
				say(404, '/healthz and /metrics\n');
		}
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', error => {
			reject(
				new KtopError(
					{
						code: 'usage',
						brief: 'cannot listen',
						message: `--listen ${host ?? ''}:${port} is not possible: ${systemErrorWords(error)}`,
						hint: 'choose another port, or end what listens there',
					},
					{cause: error},
				),
			);
		});
		server.listen({port, ...(host === undefined ? {} : {host})}, resolve);
	});
	const address = server.address();
	return {
		port: typeof address === 'object' && address !== null ? address.port : port,
		async close() {
			server.closeAllConnections();
			await new Promise(resolve => {
				server.close(resolve);
			});
		},
	};
}
