import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {freePort} from '../../http/free-port.ts';

/** Whether Debian's `influxdb` is on this machine; on CI it has to be. */
export const hasInfluxd = spawnSync('influxd', ['version']).status === 0;

if (!hasInfluxd && process.env.CI !== undefined) {
	throw new Error('influxd is missing: .ci/run installs it');
}

export type Influxd = {
	readonly url: string;
	readonly write: (lines: string, to?: {readonly database: string}) => Promise<void>;
	readonly execute: (statement: string) => Promise<void>;
	/** Rows of the first statement's first series, times as Unix milliseconds. */
	readonly rows: (database: string, statement: string) => Promise<ReadonlyArray<readonly unknown[]>>;
	/** Ends it as a crash does; its folder stays. */
	readonly kill: () => Promise<void>;
	readonly restart: () => Promise<void>;
	readonly close: () => void;
};

/** A real InfluxDB 1.x on a free port, with an empty folder; `isLarge` for more than a million series. */
export async function startInfluxd({isLarge = false}: {readonly isLarge?: boolean} = {}): Promise<Influxd> {
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
${isLarge ? LARGE : ''}
[coordinator]
write-timeout = "60s"
[http]
bind-address = "127.0.0.1:${port}"
log-enabled = false
[monitor]
store-enabled = false
`,
	);
	const url = `http://127.0.0.1:${port}`;
	let child = await startProcess(config, url);
	const ask = async (path: string, body: string): Promise<string> => {
		const answer = await fetch(url + path, {
			method: 'POST',
			body,
			headers: path.startsWith('/query') ? {'content-type': 'application/x-www-form-urlencoded'} : {},
		});
		const text = await answer.text();
		if (!answer.ok || text.includes('"error"')) {
			throw new Error(`${path}: ${answer.status} ${text}`);
		}

		return text;
	};
	return {
		url,
		async write(lines, to) {
			// Heapster names its policy.
			const database = to === undefined ? 'db=k8s&rp=default' : `db=${to.database}`;
			await ask(`/write?${database}&precision=ms`, lines);
		},
		async execute(statement) {
			await ask('/query', new URLSearchParams({q: statement}).toString());
		},
		async rows(database, statement) {
			const text = await ask(
				'/query',
				new URLSearchParams({db: database, epoch: 'ms', q: statement}).toString(),
			);
			const {results} = JSON.parse(text) as {
				readonly results: ReadonlyArray<{
					readonly series?: ReadonlyArray<{readonly values: ReadonlyArray<readonly unknown[]>}>;
				}>;
			};
			return results[0]?.series?.[0]?.values ?? [];
		},
		async kill() {
			const ended = new Promise(resolve => child.once('exit', resolve));
			child.kill('SIGKILL');
			await ended;
		},
		async restart() {
			child = await startProcess(config, url);
		},
		close() {
			child.kill('SIGKILL');
			rmSync(folder, {recursive: true, force: true});
		},
	};
}

/** Series are indexed on disk, as many as there are; what is not on disk yet may be more. */
const LARGE = `index-version = "tsi1"
max-series-per-database = 0
max-values-per-tag = 0
cache-max-memory-size = "4g"`;

/** Resolves when it answers; rejects when it ends before, since somebody else may answer at its port. */
async function startProcess(config: string, url: string): Promise<ChildProcess> {
	const child = spawn('influxd', ['-config', config], {stdio: 'ignore'});
	for (;;) {
		const isUp = await fetch(`${url}/ping`).then(
			() => true,
			() => false,
		);
		if (child.exitCode !== null) {
			throw new Error('influxd ended at once');
		}

		if (isUp) {
			return child;
		}

		await setTimeout(50);
	}
}
