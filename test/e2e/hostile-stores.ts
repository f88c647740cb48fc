import {smallInfluxdb, smallPrometheus} from '../history/small-stores.ts';
import {startServer, type TestServer} from '../http/test-server.ts';
import {ALL_HOSTILE} from './hostile-text.ts';

/** An InfluxDB whose tags are hostile. */
export function startHostileInfluxdb(): Promise<TestServer> {
	return startServer(smallInfluxdb(ALL_HOSTILE));
}

/** A Prometheus whose labels are hostile. */
export function startHostilePrometheus(): Promise<TestServer> {
	return startServer(smallPrometheus(ALL_HOSTILE));
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
