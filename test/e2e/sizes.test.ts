import {describe, expect, onTestFinished, test} from 'vitest';
import {openKtop} from './ktop.ts';
import {startRecordedCluster} from './recorded-cluster.ts';

const SIZES = [
	[40, 10],
	[80, 24],
	[100, 30],
	[120, 40],
	[200, 60],
	[400, 120],
] as const;

/** Keys to a page, and what is on it at any size. */
const PAGES = [
	['1', /node-a/],
	['2', /api-79|batch|shop/],
	['3', /\bapi\b|exporter|queue/],
	['4', /shop|payments/],
	['5', /node-a/],
	['1\r', /node-a/],
	['\u001B', /node-a/],
	['?', /move up and down/],
	['?e', /node-a|Columns/],
	['e', /node-a/],
] as const;

describe('every page', () => {
	test.each(SIZES)(
		'at %dx%d fills its screen and no more',
		async (columns, rows) => {
			const cluster = await startRecordedCluster();
			onTestFinished(cluster.close);
			const terminal = openKtop(['--kubeconfig', cluster.kubeconfig], {columns, rows});
			onTestFinished(terminal.close);
			await terminal.until('the node', screen => screen.includes('node-a'));
			for (const [keys, shown] of PAGES) {
				for (const key of keys) {
					terminal.type(key);
					await new Promise(resolve => setTimeout(resolve, 120));
				}

				await terminal.until(`page ${JSON.stringify(keys)}`, screen => shown.test(screen));
				expect(terminal.wrappedLines()).toEqual([]);
				expect(terminal.lines()).toHaveLength(rows);
				// The line at the bottom is there at every size.
				expect(terminal.lines().at(-1)?.trim()).not.toBe('');
			}
		},
		60_000,
	);

	test('has no residue after another size', async () => {
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
		await expect.poll(() => [linesWith(/q quit/), linesWith(/[▸ ] node-a /)]).toEqual([1, 1]);
		expect(terminal.wrappedLines()).toEqual([]);
	});
});
