import {describe, expect, test} from 'vitest';
import {openKtop} from './ktop.ts';
import type {Terminal} from './terminal.ts';

const ARROW_DOWN = '\u001B[B';

/** The lines between the title of the preview and the foot. */
function previewOn(terminal: Terminal): readonly string[] {
	const lines = terminal.lines();
	const start = lines.findIndex(line => line.startsWith('── '));
	return start === -1 ? [] : lines.slice(start + 1, -1);
}

describe.each([
	[80, 24],
	[200, 60],
])('the first screen at %dx%d', (columns, rows) => {
	test('is full on a machine without a cluster', async () => {
		const terminal = openKtop(['--interval', '1s'], {
			columns,
			rows,
			environment: {HOME: '/nonexistent', KUBECONFIG: '', KUBERNETES_SERVICE_HOST: ''},
		});
		try {
			await terminal.until(
				'charts of this machine',
				screen => /^── node /m.test(screen) && /CPU {2}.*(?:m|cores) .*last/.test(screen),
			);
			expect(terminal.lines()[0]).toContain('this machine (no kubeconfig)');
			const preview = previewOn(terminal);
			expect(preview.length).toBeGreaterThanOrEqual(rows - 9);
			expect(preview.filter(line => line.trim() === '')).toEqual([]);
			await terminal.until('its cores', screen => /^ {2}Cores {7}0[ :]/m.test(screen));
		} finally {
			terminal.close();
		}
	});

	test('shows the selected node of a small cluster, and follows the selection', async () => {
		const terminal = openKtop(['--source', 'demo:nodes=3,pods=24,seed=1', '--sort', '+name'], {
			columns,
			rows,
		});
		try {
			await terminal.until(
				'the first node',
				// Charts, or sparklines where problems take their room.
				screen => /^── node worker-01 /m.test(screen) && /┤|^ {2}CPU [▁▂▃▄▅▆▇█]{9}/m.test(screen),
			);
			await terminal.until('its busiest pods', () =>
				previewOn(terminal).some(line => /^ {2}(?:POD|NAMESPACE) .*CPU▼/.test(line)),
			);
			terminal.type(ARROW_DOWN);
			await terminal.until('the second', screen => /^── node worker-02 /m.test(screen));
			terminal.type('2/ledger\r');
			await terminal.until('a pod', screen => /^── pod ledger/m.test(screen));
		} finally {
			terminal.close();
		}
	});
});
