import {describe, type ExpectStatic, test} from 'vitest';
import {openKtop} from './ktop.ts';
import {startRecordedCluster} from './recorded-cluster.ts';
import type {Terminal} from './terminal.ts';

const SIZES = [
	[40, 10],
	[60, 15],
	[80, 24],
	[100, 30],
	[120, 30],
	[120, 40],
	[200, 60],
	[300, 100],
	[400, 120],
] as const;

/** Keys to a page from the nodes, and what is on it at any size. */
const PAGES = [
	['the nodes', '', /node-a/],
	['the pods', '2', /api-79|batch|shop/],
	['the containers', '3', /\bapi\b|exporter|queue/],
	['the namespaces', '4', /shop|payments/],
	['the tree', '5', /node-a/],
	['the workloads', '6', /queue|dns-stub|api/],
	['a workload', '6\r', /CPU/],
	['the problems', '!', /LEVEL|no problems/],
	['processes of a kubelet', 'a', /no processes/],
	['the map', 'v', /[0-9?!] node-a|0-9 tenths/],
	['the map of pods', '2v', /[0-9?!.] |0-9 tenths/],
	['the wall', 'vv', /node-a/],
	['the wall of pods', '2vv', /\d+m|no samples/],
	['the comparison', 'V', /1 node-a|CPU/],
	['the statistics', '2u', /CPU▼/],
	['the cluster', '0', /cluster/],
	['a node', '\r', /CPU/],
	['a node’s facts', '\rd', /Status/],
	['a pod', '2\r', /CPU/],
	['a pod’s facts', '2\rd', /Status/],
	['a container', '3\r', /CPU/],
	['a container’s facts', '3\rd', /Status/],
	['the past', '[', /‖ (?:paused )?\d+/],
	['a container’s past', '3\r[', /‖ (?:paused )?\d+/],
	['the help', '?', /move up/],
	['an explanation', 'e', /more lines below|Unknown/],
	['events', 'E', /SINCE|Nothing/],
	['the columns to choose', 'o', /■/],
	['a filter', '/status:R', /\/status:R/],
	['figures alone', '2w', /api-79|batch|shop/],
] as const;

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/**
 * Back to the live nodes, from wherever. An Esc needs a moment to be no part of another key, and more than that where
 * ktop is late to read it: then all is tried again.
 */
async function goHome(terminal: Terminal, from: string, expect: ExpectStatic): Promise<void> {
	const tryIt = async (): Promise<string> => {
		for (let closed = 0; closed < 4; closed++) {
			terminal.type('\u001B');
			await pause(45);
		}

		terminal.type('1');
		await pause(45);
		return terminal.text();
	};
	await expect.poll(tryIt, {message: `the nodes after ${from}`, interval: 500}).toMatch(/▸ node-a/);
}

// Side by side, since most of the time a key's effect is waited for.
describe.concurrent('every page', () => {
	test.for(SIZES)(
		'at %dx%d fills its screen and no more',
		{timeout: 120_000},
		async ([columns, rows], {expect, onTestFinished}) => {
			const cluster = await startRecordedCluster();
			onTestFinished(cluster.close);
			const terminal = openKtop(['--kubeconfig', cluster.kubeconfig], {columns, rows});
			onTestFinished(terminal.close);
			await terminal.until('the node', screen => screen.includes('node-a'));
			for (const [name, keys, shown] of PAGES) {
				terminal.type(keys);
				await terminal.until(name, screen => shown.test(screen));
				expect(terminal.wrappedLines(), name).toEqual([]);
				expect(terminal.lines(), name).toHaveLength(rows);
				// The line at the bottom is there at every size.
				expect(terminal.lines().at(-1)?.trim(), name).not.toBe('');
				// Facts stay once they are asked for.
				terminal.type(keys.endsWith('d') ? 'd' : '');
				terminal.type(keys.endsWith('w') ? 'w' : '');
				terminal.type(keys.endsWith('v') ? 'V' : '');
				await goHome(terminal, name, expect);
			}
		},
	);

	test('has no residue after another size', async ({expect, onTestFinished}) => {
		const cluster = await startRecordedCluster();
		onTestFinished(cluster.close);
		const terminal = openKtop(['--kubeconfig', cluster.kubeconfig, '--interval', '1h'], {
			columns: 180,
			rows: 50,
		});
		onTestFinished(terminal.close);
		await terminal.until('the node', screen => /node-a .* ok \d+ms/.test(screen));
		for (const [columns, rows] of [
			[60, 15],
			[200, 60],
			[80, 24],
		] as const) {
			terminal.resize(columns, rows);
			await terminal.until(
				`the line at the bottom at ${columns}x${rows}`,
				screen => /q quit/.test(screen.split('\n')[rows - 1] ?? '') && /node-a .* ok \d+ms/.test(screen),
			);
		}

		const linesWith = (part: RegExp): number => terminal.lines().filter(line => part.test(line)).length;
		await expect.poll(() => [linesWith(/q quit/), linesWith(/^[▸ ] node-a /)]).toEqual([1, 1]);
		expect(terminal.wrappedLines()).toEqual([]);
	});
});
