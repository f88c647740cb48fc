import type {IncomingMessage, RequestListener} from 'node:http';

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) {
		chunks.push(chunk);
	}

	return Buffer.concat(chunks).toString();
}

/** An InfluxDB of Heapster's schema that answers each question alike; `text` is in all that it names. */
export function smallInfluxdb(text = ''): RequestListener {
	return async (request, response) => {
		const body = await bodyOf(request);
		const url = new URL(request.url ?? '', 'http://server');
		const statements = url.searchParams.get('q') ?? new URLSearchParams(body).get('q') ?? '';
		const results = statements.split(/;\s*/).map((statement, statement_id) => ({
			statement_id,
			series: [influxdbSeries(statement, text)],
		}));
		response.writeHead(200, {'content-type': 'application/json', 'x-influxdb-version': '1.8\u009B5m'});
		response.end(JSON.stringify({results}));
	};
}

function influxdbSeries(statement: string, text: string): object {
	if (statement.startsWith('SHOW RETENTION')) {
		return {columns: ['name', 'default'], values: [['default', true]]};
	}

	if (statement.startsWith('SHOW MEASUREMENTS')) {
		return {name: 'measurements', columns: ['name'], values: [['cpu/usage_rate'], [text]]};
	}

	const tags = Object.fromEntries(
		['nodename', 'namespace_name', 'pod_name', 'container_name']
			.filter(tag => statement.includes(`"${tag}"`))
			.map(tag => [tag, `${tag}${text}`]),
	);
	return {name: text, tags, columns: ['time', 'value'], values: [[Date.now() - 1000, 700]]};
}

/** A Prometheus with cAdvisor's metrics that answers each question alike; `text` is in all that it names. */
export function smallPrometheus(text = ''): RequestListener {
	return (request, response) => {
		request.resume().on('end', () => {
			const url = new URL(request.url ?? '', 'http://server');
			const metric = Object.fromEntries(
				['node', 'namespace', 'pod', 'container', 'job', 'id', 'image'].map(name => [name, `${name}${text}`]),
			);
			const seconds = Date.now() / 1000 - 1;
			const result = url.pathname.endsWith('query_range')
				? [{metric, values: [[seconds, '700']]}]
				: [{metric, value: [seconds, String(seconds)]}];
			const data = url.pathname.endsWith('/series')
				? [metric]
				: {resultType: url.pathname.endsWith('query_range') ? 'matrix' : 'vector', result};
			response.writeHead(200, {'content-type': 'application/json'});
			response.end(JSON.stringify({status: 'success', data, warnings: text === '' ? [] : [text]}));
		});
	};
}
