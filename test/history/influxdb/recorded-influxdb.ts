import {readFileSync} from 'node:fs';
import {join} from 'node:path';

const FOLDER = join(import.meta.dirname, '../../fixtures/influxdb');

/** An answer of InfluxDB 1.6 that Heapster filled, with its status. */
export function recorded(name: string): {readonly status: number; readonly body: string} {
	const [statusLine = ''] = readFileSync(join(FOLDER, `${name}.json.headers`), 'utf8').split('\n');
	return {status: Number(statusLine.split(' ')[1]), body: readFileSync(join(FOLDER, `${name}.json`), 'utf8')};
}
