import {startServer, type TestServer} from '../http/test-server.ts';
import {ALL_HOSTILE} from './hostile-text.ts';

/** An InfluxDB of Heapster's schema, whose tags are hostile; it answers each question alike. */
export function startHostileInfluxdb(): Promise<TestServer> {
	return startServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const url = new URL(request.url ?? '', 'http://server');
			const statements =
				url.searchParams.get('q') ?? new URLSearchParams(Buffer.concat(chunks).toString()).get('q') ?? '';
			const results = statements.split(/;\s*/).map((statement, statement_id) => ({
				statement_id,
				series: [influxdbSeries(statement)],
			}));
			response.writeHead(200, {'content-type': 'application/json', 'x-influxdb-version': '1.8\u009B5m'});
			response.end(JSON.stringify({results}));
		});
	});
}

function influxdbSeries(statement: string): object {
	if (statement.startsWith('SHOW RETENTION')) {
		return {columns: ['name', 'default'], values: [['default', true]]};
	}

	if (statement.startsWith('SHOW MEASUREMENTS')) {
		return {name: 'measurements', columns: ['name'], values: [['cpu/usage_rate'], [ALL_HOSTILE]]};
	}

	const tags = Object.fromEntries(
		['nodename', 'namespace_name', 'pod_name', 'container_name']
			.filter(tag => statement.includes(`"${tag}"`))
			.map(tag => [tag, `${tag}${ALL_HOSTILE}`]),
	);
	return {name: ALL_HOSTILE, tags, columns: ['time', 'value'], values: [[Date.now() - 1000, 700]]};
}

/** A Prometheus with cAdvisor's metrics, whose labels are hostile. */
export function startHostilePrometheus(): Promise<TestServer> {
	return startServer((request, response) => {
		request.resume().on('end', () => {
			const url = new URL(request.url ?? '', 'http://server');
			const metric = Object.fromEntries(
				['node', 'namespace', 'pod', 'container', 'job', 'id', 'image'].map(name => [
					name,
					`${name}${ALL_HOSTILE}`,
				]),
			);
			const seconds = Date.now() / 1000 - 1;
			const result = url.pathname.endsWith('query_range')
				? [{metric, values: [[seconds, '700']]}]
				: [{metric, value: [seconds, String(seconds)]}];
			const data = url.pathname.endsWith('/series')
				? [metric]
				: {resultType: url.pathname.endsWith('query_range') ? 'matrix' : 'vector', result};
			response.writeHead(200, {'content-type': 'application/json'});
			response.end(JSON.stringify({status: 'success', data, warnings: [ALL_HOSTILE]}));
		});
	});
}

/** Any store or server that refuses everything with a hostile text. */
export function startHostileRefusal(): Promise<TestServer> {
	return startServer((request, response) => {
		request.resume().on('end', () => {
			response.writeHead(500, {'content-type': 'application/json', location: '\u009B5m'});
			response.end(JSON.stringify({error: ALL_HOSTILE, errorType: ALL_HOSTILE, message: ALL_HOSTILE}));
		});
	});
}
