import {describe, expect, test} from 'vitest';
import {openKtop, runKtop} from './ktop.ts';

/** A window of 172,800 samples, which a small cluster fills the least budget with. */
const ARGUMENTS = ['--source', 'demo:nodes=3,pods=60', '--interval', '500ms', '--memory', '128MiB'];

const COARSE =
	/^samples before the last \d+m are means of up to \d+s \(--memory 128MiB\): --memory \S+iB or a /;

describe('samples that need more than half of --memory', () => {
	test('are means in snapshots, which say so once on standard error and each in its notices', async () => {
		const {stdout, stderr, exitCode} = await runKtop([
			...ARGUMENTS,
			...['-o', 'ndjson', '--count', '3', '--statistics', '24h'],
		]);
		expect(exitCode).toBe(0);
		const snapshots = stdout
			.trim()
			.split('\n')
			.map(line => JSON.parse(line));
		expect(snapshots.map(({notices}) => notices)).toEqual(
			Array.from({length: 3}, () => [expect.stringMatching(COARSE)]),
		);
		expect(snapshots[2].nodes[0].statistics.cpu).toMatchObject({meanCores: expect.any(Number)});
		const lines = stderr.split('\n').filter(line => COARSE.test(line.replace(/^ktop: /, '')));
		expect(lines.length).toBe(new Set(snapshots.map(({notices}) => notices[0])).size);
	});

	test.each([
		[80, 24],
		[200, 60],
	])('are said to be means on the screen at %dx%d', async (columns, rows) => {
		const terminal = openKtop([...ARGUMENTS, '--window', '24h'], {columns, rows});
		try {
			await terminal.until('the notice', screen =>
				/^ samples before the last \d+m are means of/m.test(screen),
			);
		} finally {
			terminal.close();
		}
	});

	test('are not spoken of where there is room for all', async () => {
		const {stdout} = await runKtop(['--json', '--source', 'demo:nodes=3,pods=60']);
		expect(JSON.parse(stdout).notices).toEqual([]);
	});
});
