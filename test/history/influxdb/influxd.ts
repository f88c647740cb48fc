import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import type {AddressInfo} from 'node:net';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';

/** Whether Debian's `influxdb` is on this machine; on CI it has to be. */
export const hasInfluxd = spawnSync('influxd', ['version']).status === 0;

if (!hasInfluxd && process.env.CI !== undefined) {
	throw new Error('influxd is missing: .ci/run installs it');
}

export type Influxd = {
	readonly url: string;
	readonly write: (lines: string, to?: {readonly database: string}) => Promise<void>;
	readonly execute: (statement: string) => Promise<void>;
	readonly close: () => void;
};

/** A real InfluxDB 1.x on a free port, with an empty folder. */
export async function startInfluxd(): Promise<Influxd> {
	const folder = mkdtempSync(join(tmpdir(), 'ktop-influxd-'));
	const [port, backupPort] = [await freePort(), await freePort()];
	const config = join(folder, 'influxdb.conf');
	writeFileSync(
		config,
		`reporting-disabled = true
bind-address = "127.0.0.1:${backupPort}"
[meta]
dir = "${folder}/meta"
[data]
dir = "${folder}/data"
wal-dir = "${folder}/wal"
query-log-enabled = false
[http]
bind-address = "127.0.0.1:${port}"
log-enabled = false
[monitor]
store-enabled = false
`,
	);
	const child = spawn('influxd', ['-config', config], {stdio: 'ignore'});
	const url = `http://127.0.0.1:${port}`;
	const ask = async (path: string, body: string): Promise<void> => {
		const answer = await fetch(url + path, {
			method: 'POST',
			body,
			headers: path.startsWith('/query') ? {'content-type': 'application/x-www-form-urlencoded'} : {},
		});
		const text = await answer.text();
		if (!answer.ok || text.includes('"error"')) {
			throw new Error(`${path}: ${answer.status} ${text}`);
		}
	};
	for (;;) {
		const isUp = await fetch(`${url}/ping`).then(
			() => true,
			() => false,
		);
		if (isUp) {
			break;
		}

		await setTimeout(50);
	}

	return {
		url,
		// Heapster names its policy.
		write: (lines, to) =>
			ask(`/write?${to === undefined ? 'db=k8s&rp=default' : `db=${to.database}`}&precision=ms`, lines),
		execute: statement => ask('/query', new URLSearchParams({q: statement}).toString()),
		close() {
			child.kill('SIGKILL');
			rmSync(folder, {recursive: true, force: true});
		},
	};
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const {port} = server.address() as AddressInfo;
	await new Promise(resolve => {
		server.close(resolve);
	});
	return port;
}
