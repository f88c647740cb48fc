import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {Player} from '../../source/history/recording/player.ts';
import {readRecording} from '../../source/history/recording/read-recording.ts';
import {openRecording} from '../../source/history/recording/recording-writer.ts';
import {ReplayedInventory} from '../../source/history/recording/replayed-inventory.ts';
import {Store} from '../../source/metrics/store/store.ts';
import {hasInfluxd, type Influxd, startInfluxd} from '../history/influxdb/influxd.ts';
import {LIVE} from '../metrics/node-states.ts';
import {memoryReading, nodeReading, reading} from '../metrics/readings.ts';
import {CLI, NODE, openKtop, runKtop} from './ktop.ts';
import {startRecordedCluster} from './recorded-cluster.ts';

const START_MS = Date.UTC(2026, 0, 1);
const YEAR_MS = 365 * 86_400_000;

const DEMO = ['--source', 'demo:nodes=3,pods=8,seed=4'];

async function temporaryFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'ktop-record-'));
	onTestFinished(() => rm(folder, {recursive: true, force: true}));
	return folder;
}

/** What is told on stderr at the end: rounds and points. */
function figures(stderr: string): {readonly rounds: number; readonly points: number} {
	const [, rounds, points] = /round (\d+),.*: (\d+) points written$/.exec(stderr.trim()) ?? [];
	return {rounds: Number(rounds), points: Number(points)};
}

describe.skipIf(!hasInfluxd)('ktop record into a real InfluxDB', () => {
	let influxd: Influxd;
	beforeAll(async () => {
		influxd = await startInfluxd();
	});
	afterAll(() => influxd?.close());

	const sinkOf = (database: string, folder: string): readonly string[] => [
		'--sink',
		`influxdb:${influxd.url}?db=${database}&spool=${folder}/spool`,
	];
	const columnOf = async (database: string, statement: string): Promise<readonly unknown[]> =>
		(await influxd.rows(database, statement)).map(([value]) => value);

	test('writes what it read: equal to its own recording, at whole seconds', async () => {
		const folder = await temporaryFolder();
		const file = join(folder, 'same.ktop');
		const {stderr, exitCode} = await runKtop([
			'record',
			...DEMO,
			...sinkOf('k8s', folder),
			'--sink',
			`file:${file}`,
			'--interval',
			'1s',
			'--count',
			'4',
		]);
		expect(exitCode, stderr).toBe(0);
		const points = await influxd.rows(
			'k8s',
			`SELECT value, nodename, pod_name, container_name FROM "cpu/usage_rate" WHERE type = 'pod_container'`,
		);
		const times = [...new Set(points.map(([time]) => Number(time)))];
		expect(times).toHaveLength(4);
		expect(times.filter(time => time % 1000 !== 0)).toEqual([]);

		// The last round, replayed.
		const recording = await readRecording(file);
		const store = new Store({capacity: 10, staleAfterMs: 30_000});
		const player = new Player({recording, store, inventory: new ReplayedInventory()});
		await player.playTo(Number.POSITIVE_INFINITY);
		const last = Math.max(...times);
		const written = new Map(
			points
				.filter(([time]) => time === last)
				.map(([, value, node, pod, container]) => [`${node}/${pod}/${container}`, Number(value)]),
		);
		const replayed = store
			.rows('containers', {}, 'live', last)
			.filter(row => row.pod !== undefined && written.has(`${row.node}/${row.pod.name}/${row.name}`));
		expect(written.size).toBeGreaterThan(3);
		expect(replayed).toHaveLength(written.size);
		for (const row of replayed) {
			// Heapster stores whole millicores.
			expect(written.get(`${row.node}/${row.pod?.name}/${row.name}`)).toBe(
				Math.round((row.cpuCores ?? Number.NaN) * 1000),
			);
		}

		const [memory] = await influxd.rows(
			'k8s',
			`SELECT value, nodename FROM "memory/working_set" WHERE type = 'node' ORDER BY time DESC LIMIT 1`,
		);
		const node = store.rows('nodes', {}, 'live', last).find(({name}) => name === memory?.[2]);
		expect(memory?.[1]).toBe(node?.memoryWorkingSetBytes);
	});

	test('writes of the recorded cluster the series that Heapster wrote of it', async () => {
		const fixture = (name: string): readonly string[] =>
			JSON.parse(
				readFileSync(join(import.meta.dirname, `../fixtures/influxdb/${name}.json`), 'utf8'),
			).results[0].series[0].values.flat();
		const cluster = await startRecordedCluster();
		onTestFinished(cluster.close);
		const folder = await temporaryFolder();
		const args = ['--kubeconfig', cluster.kubeconfig, ...sinkOf('same', folder)];
		const {stderr} = await runKtop(['record', ...args, '--interval', '1s', '--count', '3']);
		const keys = (await columnOf('same', 'SHOW SERIES FROM "cpu/usage_rate"')).map(String);
		const heapsters = new Set(fixture('show-series-cpu'));
		expect(keys.length, stderr).toBeGreaterThan(30);
		expect(keys.filter(key => !heapsters.has(key))).toEqual([]);
		// One pod had ended when the kubelet was recorded, and “pods” is their sum, which ktop takes for no container.
		const missing = [...heapsters].filter(key => key.startsWith('cpu/usage_rate,') && !keys.includes(key));
		expect(missing.filter(key => !/pod_name=load-585bc7bf56-tlbkd,|container_name=pods,/.test(key))).toEqual(
			[],
		);
		const measurements = await columnOf('same', 'SHOW MEASUREMENTS');
		expect(fixture('show-measurements').filter(name => !measurements.includes(name))).toEqual([
			'ephemeral_storage/limit',
			'ephemeral_storage/node_reservation',
			'ephemeral_storage/request',
		]);
		expect(measurements.filter(name => !fixture('show-measurements').includes(String(name)))).toEqual([]);
	});

	test('writes what the Grafana queries of the documents ask for', async () => {
		const folder = await temporaryFolder();
		const topic = readFileSync(join(import.meta.dirname, '../../source/help/recording.md'), 'utf8');
		const queries = [...topic.matchAll(/^```influxql\n([\s\S]*?)\n```$/gm)].map(([, query = '']) =>
			// As Grafana fills them in.
			query
				.replaceAll('$timeFilter', 'time >= now() - 1h')
				.replaceAll('$__interval', '10s')
				.replaceAll('$namespace', 'kube-system'),
		);
		expect(queries).toHaveLength(5);
		const answered = (async () => {
			for (const query of queries) {
				// Rates come with the second sample, and the database with the first.
				await expect.poll(() => influxd.rows('grafana', query).catch(() => [])).not.toEqual([]);
				expect((await influxd.rows('grafana', query)).flat(), query).not.toContain(null);
			}
		})();
		const args = ['record', ...DEMO, ...sinkOf('grafana', folder), '--interval', '1s'];
		const {stderr} = await runKtop(args, {interruptWhen: answered.catch(() => {})});
		await answered;
		expect(stderr).toContain('points written');
	});

	test('loses no point when the store is killed and comes back', async () => {
		const folder = await temporaryFolder();
		const child = spawn(
			NODE,
			[CLI, 'record', ...DEMO, ...sinkOf('outage', folder), '--interval', '1s', '--count', '10'],
			{stdio: ['ignore', 'ignore', 'pipe']},
		);
		let stderr = '';
		child.stderr.setEncoding('utf8').on('data', text => {
			stderr += text;
		});
		const ended = new Promise<number | null>(resolve => {
			child.on('close', resolve);
		});
		await expect.poll(() => stderr).toContain('round 1,');
		await influxd.kill();
		await expect.poll(() => stderr, {timeout: 20_000}).toMatch(/refused the connection/);
		await influxd.restart();
		expect(await ended, stderr).toBe(0);
		const {rounds, points} = figures(stderr);
		expect(rounds).toBe(10);
		const times = await columnOf('outage', `SELECT value FROM "cpu/usage_rate" WHERE type = 'cluster'`);
		// Each round has its point: those of the outage too.
		expect(times).toHaveLength(10);
		let stored = 0;
		for (const measurement of await columnOf('outage', 'SHOW MEASUREMENTS')) {
			const [row] = await influxd.rows('outage', `SELECT COUNT(value) FROM "${measurement}"`);
			stored += Number(row?.[1]);
		}

		expect(stored).toBe(points);
	}, 60_000);

	test('leaves to the next run what a store that stayed out has not taken', async () => {
		const folder = await temporaryFolder();
		await influxd.kill();
		const args = ['record', ...DEMO, ...sinkOf('later', folder), '--interval', '1s'];
		const {stderr} = await runKtop([...args, '--count', '1']);
		expect(stderr).toMatch(/refused the connection: .*\n.*0 points written, \d+ KiB waiting/);
		await influxd.restart();
		await runKtop([...args, '--count', '2']);
		const times = await columnOf('later', `SELECT value FROM "cpu/usage_rate" WHERE type = 'cluster'`);
		expect(times).toHaveLength(3);
	}, 60_000);

	test('shares the nodes among recorders, each node with one', async () => {
		const nodesOf = async (database: string, shard: readonly string[]): Promise<readonly unknown[]> => {
			const folder = await temporaryFolder();
			await runKtop([
				'record',
				'--source',
				'demo:nodes=6,pods=2',
				...sinkOf(database, folder),
				'--interval',
				'3s',
				'--count',
				'1',
				...shard,
			]);
			return (await influxd.rows(database, 'SHOW TAG VALUES WITH KEY = nodename')).map(([, name]) => name);
		};
		const [whole = [], ...parts] = await Promise.all([
			nodesOf('whole', []),
			nodesOf('part0', ['--shard', 'ktop-record-0/2']),
			nodesOf('part1', ['--shard', 'ktop-record-1/2']),
		]);
		expect(parts.every(part => part.length > 0)).toBe(true);
		expect(parts.flat().sort()).toEqual([...whole].sort());
		expect(await influxd.rows('part0', `SELECT value FROM "cpu/usage_rate" WHERE type = 'cluster'`)).toEqual(
			[],
		);
	});

	test('serves its health where it listens', async () => {
		const folder = await temporaryFolder();
		const child = spawn(
			NODE,
			[CLI, 'record', ...DEMO, ...sinkOf('health', folder), '--interval', '1s', '--listen', '127.0.0.1:0'],
			{stdio: ['ignore', 'ignore', 'pipe']},
		);
		onTestFinished(() => void child.kill('SIGKILL'));
		let stderr = '';
		child.stderr.setEncoding('utf8').on('data', text => {
			stderr += text;
		});
		await expect.poll(() => stderr).toMatch(/port \d+:[\s\S]*round 1,/);
		const origin = `http://127.0.0.1:${/port (\d+):/.exec(stderr)?.[1]}`;
		const health = await fetch(`${origin}/healthz`);
		expect([health.status, await health.text()]).toEqual([200, 'ok\n']);
		const metrics = await (await fetch(`${origin}/metrics`)).text();
		expect(metrics).toMatch(/^ktop_record_rounds_total [1-9]/m);
		expect(metrics).toMatch(/^ktop_record_sink_up\{sink="InfluxDB health at http:[^"]+"\} 1$/m);
		expect((await fetch(`${origin}/metrics`, {method: 'POST'})).status).toBe(405);
		const ended = new Promise(resolve => {
			child.on('close', resolve);
		});
		child.kill('SIGTERM');
		expect(await ended).toBe(143);
	});

	test('says what is wrong with the store, and no password of it', async () => {
		const folder = await temporaryFolder();
		const {stderr} = await runKtop([
			'record',
			...DEMO,
			'--sink',
			`influxdb:http://ktop:topsecret@127.0.0.1:1?db=k8s&spool=${folder}`,
			'--interval',
			'1s',
			'--count',
			'2',
		]);
		expect(stderr).toContain('InfluxDB k8s at http://127.0.0.1:1: InfluxDB http://127.0.0.1:1 refused');
		expect(stderr).not.toContain('topsecret');
	});
});

describe('ktop replay', () => {
	let file = '';
	beforeAll(async () => {
		file = join(await mkdtemp(join(tmpdir(), 'ktop-replay-')), 'demo.ktop');
		await runKtop(['record', ...DEMO, '--sink', `file:${file}`, '--interval', '1s', '--count', '3']);
	});

	test('prints what the recording ends with', async () => {
		const {stdout, stderr, exitCode} = await runKtop(['replay', file, '--json']);
		expect([stderr, exitCode]).toEqual(['', 0]);
		const snapshot = JSON.parse(stdout);
		expect(snapshot).toMatchObject({demo: true, source: 'demo of 3 nodes'});
		expect(snapshot.nodes).toHaveLength(3);
		expect(snapshot.nodes.some((node: {cpu: {usageCores?: number}}) => (node.cpu.usageCores ?? 0) > 0)).toBe(
			true,
		);
		expect(snapshot.pods[0].status).toBeDefined();
	});

	test('plays it on the screen, goes back in it and stops at its end', async () => {
		const terminal = openKtop(['replay', file, '--speed', '2'], {columns: 100, rows: 24});
		onTestFinished(terminal.close);
		await terminal.until('the nodes', screen => /worker-0\d .* ok \d+ms/.test(screen));
		expect(terminal.text()).toContain('▶ replay');
		await terminal.until('its end', screen => screen.includes('the recording ends here'));
		terminal.type('[');
		await terminal.until('the past', screen => screen.includes('paused, window'));
		expect(terminal.text()).toMatch(/worker-0\d .*\dm .* past/);
		terminal.type('q');
		expect(await terminal.exitCode).toBe(0);
	});

	test('lists what crossed a threshold in the recording, with its times', async () => {
		const failing = join(await temporaryFolder(), 'failing.ktop');
		const source = ['--source', 'demo:nodes=12,pods=40,seed=4'];
		await runKtop(['record', ...source, '--sink', `file:${failing}`, '--interval', '1s', '--count', '4']);
		const terminal = openKtop(['replay', failing, '--speed', '100'], {columns: 100, rows: 24});
		onTestFinished(terminal.close);
		await terminal.until('its end', screen => screen.includes('the recording ends here'));
		terminal.type('E');
		await terminal.until('a node that could not be read', screen => /SINCE +FOR +PEAK/.test(screen));
		expect(terminal.text()).toMatch(/^[> ] ! .* \d+s +not read +worker-\d+/m);
	});

	test('prints each round of a recording, and none for a year in which nothing was recorded', async () => {
		const path = join(await temporaryFolder(), 'gap.ktop');
		const writer = await openRecording(path, {
			startedAtMs: START_MS,
			label: 'a kubelet',
			context: undefined,
			kubernetesVersion: undefined,
			isDemo: false,
			intervalMs: 10_000,
			hasInventory: false,
		});
		writer.write({kind: 'node', atMs: START_MS, id: 'n', name: 'n'});
		for (const atMs of [5000, 15_000, YEAR_MS, YEAR_MS + 15_000].map(sinceMs => START_MS + sinceMs)) {
			const node = nodeReading({memory: memoryReading({timeMs: atMs, workingSetBytes: 5})});
			writer.write({kind: 'reading', atMs, id: 'n', reading: reading(atMs, {node})});
			writer.write({kind: 'state', atMs, id: 'n', state: LIVE});
		}

		await writer.close();
		const {stdout, stderr, exitCode} = await runKtop(['replay', path, '-w', '-o', 'ndjson']);
		expect([stderr, exitCode]).toEqual(['', 0]);
		const lines = stdout
			.trim()
			.split('\n')
			.map(line => JSON.parse(line));
		expect(lines.map(({time}) => Date.parse(time) - START_MS)).toEqual([
			10_000,
			20_000,
			YEAR_MS,
			YEAR_MS + 20_000,
		]);
		expect(lines.map(({nodes}) => nodes[0].sample.state)).toEqual(['live', 'live', 'live', 'live']);
	});

	test.each([
		['that is not there', 'nowhere.ktop', /nowhere\.ktop cannot be read: no such file or directory/],
		['that is none', 'package.json', /package\.json is not a recording of ktop/],
	])('of a file %s says so in one line', async (_what, file, message) => {
		const {stderr, exitCode} = await runKtop(['replay', file]);
		expect(exitCode).toBe(2);
		expect(stderr).toMatch(message);
	});

	test('does not overwrite a recording', async () => {
		const before = readFileSync(file);
		const {stderr, exitCode} = await runKtop(['record', ...DEMO, '--sink', `file:${file}`, '--count', '1']);
		expect([exitCode, stderr]).toEqual([2, expect.stringContaining('exists already')]);
		expect(readFileSync(file).equals(before)).toBe(true);
	});
});
