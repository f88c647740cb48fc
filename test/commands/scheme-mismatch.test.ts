import {expect, onTestFinished, test} from 'vitest';
import {influxdbClient} from '../../source/history/influxdb/client.ts';
import {prometheusClient} from '../../source/history/prometheus/client.ts';
import {cadvisorTarget} from '../../source/scrape/cadvisor/target.ts';
import {kubeletTarget} from '../../source/scrape/kubelet/target.ts';
import {startRaw} from '../http/raw-server.ts';
import {startServer} from '../http/test-server.ts';
import {context} from '../scrape/scrape-context.ts';

const {signal} = new AbortController();
const GO = 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n';

type Closing = {readonly close: () => Promise<void>};
const closing = <T extends Closing>(opened: T): T => {
	onTestFinished(opened.close);
	return opened;
};

const readers: ReadonlyArray<readonly [server: string, read: (url: string) => Promise<unknown>]> = [
	['kubelet', url => closing(kubeletTarget({url})).scrape(context({signal}))],
	['cAdvisor', url => closing(cadvisorTarget({url})).scrape(context({signal}))],
	[
		'InfluxDB',
		url =>
			closing(influxdbClient({url, database: 'k8s', login: undefined, timeoutMs: 60_000})).query(
				['SHOW MEASUREMENTS'],
				signal,
			),
	],
	[
		'Prometheus',
		url =>
			closing(prometheusClient({url, login: undefined, headers: [], timeoutMs: 60_000})).instant(
				'up',
				{atMs: 0},
				signal,
			),
	],
];

test.each(readers)(
	'%s that requires TLS is reported by name, with the address to use',
	async (server, read) => {
		const {address, close} = await startRaw(socket => socket.once('data', () => socket.end(GO)));
		onTestFinished(close);

		await expect(read(`http://${address}`)).rejects.toMatchObject({
			message: `${server} http://${address} requires TLS on that port`,
			hint: `use https://${address}`,
		});
	},
);

test.each(readers)('%s without TLS is reported by name, with the address to use', async (server, read) => {
	const plain = await startServer((_request, response) => response.end());
	onTestFinished(plain.close);
	const origin = plain.origin.replace('http:', 'https:');

	await expect(read(origin)).rejects.toMatchObject({
		code: 'tls-not-https',
		message: expect.stringContaining(`${server} ${origin} does not use TLS`),
		hint: expect.stringContaining(`use ${plain.origin}`),
	});
});
