import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {hasInfluxd, type Influxd, startInfluxd} from '../history/influxdb/influxd.ts';
import {hasPrometheus, startPrometheus} from '../history/prometheus/prometheus-server.ts';
import {startServer} from '../http/test-server.ts';
import {startRecordedKubelet} from '../scrape/kubelet/recorded-kubelet.ts';
import type {RecordedServer} from '../scrape/recorded-server.ts';
import {openKtop, runKtop} from './ktop.ts';
import type {Terminal} from './terminal.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function open(...args: Parameters<typeof openKtop>): Terminal {
	const terminal = openKtop(...args);
	onTestFinished(terminal.close);
	return terminal;
}

/** The cells of the CPU sparkline of a node's row. */
function sparklineOf(terminal: Terminal, node: string): string {
	const line = terminal.lines().find(text => text.includes(` ${node} `)) ?? '';
	return /[▁▂▃▄▅▆▇█][▁▂▃▄▅▆▇█ ]*[▁▂▃▄▅▆▇█]|[▁▂▃▄▅▆▇█]/.exec(line)?.[0] ?? '';
}

/** Points of node-a as Heapster wrote them, every step up to now, at the height that `millicores` gives. */
function heapsterLines(
	fromMs: number,
	toMs: number,
	stepMs: number,
	millicores: (timeMs: number) => number | undefined,
): string {
	const lines: string[] = [];
	const tags = 'type=node,nodename=node-a,cluster_name=default';
	for (let timeMs = Math.ceil(fromMs / stepMs) * stepMs; timeMs <= toMs; timeMs += stepMs) {
		const value = millicores(timeMs);
		if (value !== undefined) {
			lines.push(
				`cpu/usage_rate,${tags} value=${value}i ${timeMs}`,
				`memory/working_set,${tags} value=1073741824i ${timeMs}`,
			);
		}
	}

	return lines.join('\n');
}

describe.skipIf(!hasInfluxd)('the screen with a real InfluxDB behind it', () => {
	let influxd: Influxd;
	const historyOf = (database: string): readonly string[] => [
		'--history',
		`influxdb:${influxd.url}?db=${database}`,
	];
	const create = async (database: string, lines: string): Promise<void> => {
		await influxd.execute(`CREATE DATABASE ${database} WITH NAME "default"`);
		await influxd.write(lines, {database});
	};
	const kubelet = async (): Promise<RecordedServer> => {
		const server = await startRecordedKubelet();
		onTestFinished(server.close);
		return server;
	};

	beforeAll(async () => {
		influxd = await startInfluxd();
		const now = Date.now();
		// A week, of which the second day before today is missing; busier in the first hour before now.
		await create(
			'past',
			heapsterLines(now - 7 * 24 * HOUR, now, MINUTE, timeMs => {
				const age = now - timeMs;
				return age > 24 * HOUR && age < 48 * HOUR ? undefined : age < HOUR ? 2000 : 1000;
			}),
		);
	});
	afterAll(() => influxd?.close());

	test('fills the sparklines at the start, and marks where its own samples begin', async () => {
		const server = await kubelet();
		const terminal = open(['--source', `kubelet:${server.origin}`, ...historyOf('past')], {
			columns: 160,
		});
		await terminal.until('a full sparkline', () => sparklineOf(terminal, 'node-a').length >= 10);
		expect(terminal.text()).toContain('history InfluxDB past');
		expect(terminal.text()).toMatch(/5m +┊/);
		expect(terminal.text()).toContain('● live');
	});

	test('goes on in the store in longer windows, with the gap as a gap', async () => {
		const server = await kubelet();
		const terminal = open(['--source', `kubelet:${server.origin}`, ...historyOf('past')], {
			columns: 160,
			rows: 40,
		});
		await terminal.until('the node', screen => screen.includes('history InfluxDB past'));
		const window = (): string | undefined => /MEM% +(\d+\w+)/.exec(terminal.text())?.[1];
		while (window() !== '7d') {
			const before = window();
			terminal.type('t');
			await terminal.until('a longer window', () => window() !== before);
		}

		await terminal.until('a week with its gap', () =>
			/[▁-█] {2,}[▁-█]/.test(sparklineOf(terminal, 'node-a')),
		);
		terminal.type('\r');
		await terminal.until(
			'the chart of a week',
			screen => /└.*\d\d-\d\d/.test(screen) && screen.includes('─╯') && screen.includes('MEM'),
		);
		expect(terminal.text()).toContain('┊');
		terminal.type('\r');
		await terminal.until('whose the past is', screen => screen.includes('┊ before: InfluxDB past'));
	});

	test('shows the table of a moment that only the store knows', async () => {
		const server = await kubelet();
		const terminal = open(['--source', `kubelet:${server.origin}`, ...historyOf('past')], {
			columns: 140,
		});
		await terminal.until('the node', screen => /node-a .* ok \d+ms/.test(screen));
		await terminal.until('the store', screen => screen.includes('history InfluxDB past'));
		terminal.type('tttt');
		await terminal.until('a window of a day', screen => /CPU% +(?:6h|24h)/.test(screen));
		// Steps lead no further back than is known, and the store may not have answered yet.
		await terminal.until('a day of the store', () => sparklineOf(terminal, 'node-a').length >= 10);
		// Well past the busy hour, whose end is five steps of a window of 6h away.
		terminal.type('[[[[[[[[');
		await terminal.until('what the store has', screen => /node-a +1\.00 .*1\.0Gi .* past/.test(screen));
		terminal.type(' ');
		await terminal.until('the present', screen => /node-a .* ok \d+ms/.test(screen));
	});

	test('stands in for a kubelet that died, and steps back when it lives again', async () => {
		// Somebody else goes on recording what this screen cannot read.
		await influxd.execute('CREATE DATABASE standin WITH NAME "default"');
		const write = async (): Promise<void> => {
			const now = Date.now();
			await influxd.write(
				heapsterLines(now - 3000, now + 500, 500, () => 777),
				{database: 'standin'},
			);
		};
		await write();
		const timer = setInterval(() => void write(), 500);
		onTestFinished(() => clearInterval(timer));
		const server = await startRecordedKubelet();
		const {port} = new URL(server.origin);
		const terminal = open(
			['--source', `kubelet:${server.origin}`, '--interval', '1s', ...historyOf('standin')],
			{columns: 140},
		);
		await terminal.until('the node', screen => /node-a .* ok \d+ms/.test(screen));
		await server.close();
		await terminal.until(
			'the store’s figures, marked',
			screen => /node-a +777m .*\ds old, stored: refused/.test(screen) && screen.includes('◌ stored'),
		);
		expect(terminal.text()).toContain('1 stored');
		const again = await startRecordedKubelet({port: Number(port)});
		onTestFinished(again.close);
		await terminal.until(
			'live rows',
			screen => /node-a .* ok \d+ms/.test(screen) && screen.includes('● live'),
		);
	});

	test('shows what the store has where no cluster can be reached, and tries again', async () => {
		const terminal = open(['--server', 'http://127.0.0.1:1', ...historyOf('past')], {columns: 140});
		await terminal.until('the store’s node', screen => /node-a +2\.00 .*old, stored/.test(screen));
		expect(terminal.text()).toContain('not connected');
		terminal.type('q');
		expect(await terminal.exitCode).toBe(0);
	});

	test('prints in a pipe what the store has of a node that cannot be read', async () => {
		const {stdout, stderr, exitCode} = await runKtop([
			'--json',
			'--source',
			'kubelet:http://127.0.0.1:1',
			...historyOf('past'),
		]);
		expect(exitCode).toBe(0);
		expect(stderr).toContain('refused the connection');
		const {nodes} = JSON.parse(stdout);
		expect(nodes.find((node: {name: string}) => node.name === 'node-a')).toMatchObject({
			sample: {state: 'stored'},
			cpu: {usageCores: 2},
		});
	});

	test('is checked by doctor', async () => {
		const server = await kubelet();
		const args = ['doctor', '--source', `kubelet:${server.origin}`];
		const well = await runKtop([...args, ...historyOf('past')]);
		expect([well.exitCode, well.stdout]).toEqual([
			0,
			expect.stringMatching(/ok +history +InfluxDB past \(Heapster\): 1 nodes?, the newest values \d+ s old/),
		]);
		const ill = await runKtop([...args, ...historyOf('nowhere')]);
		expect([ill.exitCode, ill.stdout]).toEqual([
			1,
			expect.stringMatching(/FAILED +history .*database not found: nowhere/),
		]);
	});
});

test.skipIf(!hasPrometheus)('the screen with a real Prometheus behind it', async () => {
	const now = Math.floor(Date.now() / 1000);
	const times = Array.from({length: 100}, (_, index) => now - 15 * (95 - index));
	const lines = [
		'# TYPE container_cpu_usage_seconds counter',
		...times.map(
			(time, index) => `container_cpu_usage_seconds_total{id="/",node="node-a"} ${index * 15 * 1.5} ${time}`,
		),
		'# TYPE container_memory_working_set_bytes gauge',
		...times.map(time => `container_memory_working_set_bytes{id="/",node="node-a"} 1073741824 ${time}`),
		'# EOF',
		'',
	];
	const prometheus = await startPrometheus([], lines.join('\n'));
	onTestFinished(prometheus.close);
	const history = ['--history', `prometheus:${prometheus.url}?interval=15s`];
	const server = await startRecordedKubelet();
	onTestFinished(server.close);
	const terminal = open(['--source', `kubelet:${server.origin}`, ...history], {columns: 160});
	await terminal.until('a full sparkline', () => sparklineOf(terminal, 'node-a').length >= 10);
	expect(terminal.text()).toContain('history Prometheus');
	const dead = await runKtop(['-o', 'table', '--source', 'kubelet:http://127.0.0.1:1', ...history]);
	expect(dead.stdout).toMatch(/node-a +1500m .*1024Mi/);
});

test('a store that never answers holds up nothing', async () => {
	const server = await startRecordedKubelet();
	onTestFinished(server.close);
	const hanging = await startServer(() => {});
	onTestFinished(hanging.close);
	const {host} = new URL(hanging.origin);
	const terminal = open(
		[
			'--source',
			`kubelet:${server.origin}`,
			'--history',
			`influxdb:http://me:topsecret@${host}?db=k8s`,
			'--request-timeout',
			'2s',
		],
		{columns: 160},
	);
	await terminal.until('live rows', screen => /node-a .* ok \d+ms/.test(screen));
	terminal.type('2');
	await terminal.until('pods', screen => screen.includes('queue-0'));
	await terminal.until('what is wrong with the store', screen => screen.includes('history timeout'));
	expect(terminal.text()).toMatch(/no history: .*127\.0\.0\.1/);
	expect(terminal.written()).not.toContain('topsecret');
});
