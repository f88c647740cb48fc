import {setTimeout as sleep} from 'node:timers/promises';
import {describe, expect, onTestFinished, test} from 'vitest';
import {openKtop} from './ktop.ts';
import {startRecordedCluster} from './recorded-cluster.ts';

async function open() {
	const cluster = await startRecordedCluster();
	onTestFinished(cluster.close);
	const terminal = openKtop([
		'pods',
		'--screen-reader',
		'--sort',
		'name',
		'--kubeconfig',
		cluster.kubeconfig,
	]);
	onTestFinished(terminal.close);
	await terminal.until('the first row', screen => /row 1 of \d+/.test(screen));
	return terminal;
}

describe('the screen for a screen reader', () => {
	test('says sentences one below the other, on the screen that stays', async () => {
		const terminal = await open();
		expect(terminal.isAlternateScreen()).toBe(false);
		expect(terminal.written()).not.toContain('\u001B[?25l');
		expect(terminal.written()).not.toContain('\u001B[?1000h');
		expect(terminal.text()).toContain('ktop, prod v1.36.2 as reader.');
		expect(terminal.text()).toMatch(/\d of 1 node read, \d+ pods\. CPU /);
		expect(terminal.text()).toMatch(/pods, sorted by name, row 1 of \d+\./);
		expect(terminal.text()).toContain('slash filters, question mark lists all keys, q quits.');
		terminal.type('q');
		expect(await terminal.exitCode).toBe(0);
	});

	test('speaks only the row after a step, and nothing in between', async () => {
		const terminal = await open();
		await terminal.until('the first figures', screen => screen.includes('1 of 1 node read'));
		// Rows that come after the first figures are said once more.
		let before = -1;
		while (terminal.written().length > before) {
			before = terminal.written().length;
			await sleep(1000);
		}

		await sleep(2500);
		expect(terminal.written().slice(before)).toBe('');
		terminal.type('j');
		await terminal.until('the next row', screen => /row 2 of \d+/.test(screen));
		const said = terminal.written().slice(before);
		expect(said).toMatch(/row 2 of \d+\.\r\n[^\r]+: NAMESPACE /);
		expect(said).not.toContain('question mark lists all keys');
	});

	test('reads the help and a filter out', async () => {
		const terminal = await open();
		// Figures of the kubelet may be there before the API server's list.
		await terminal.typeUntil('k', 'all pods', screen => /row \d+ of 26/.test(screen));
		terminal.type('?');
		// What was said first has scrolled away, as it does where somebody listens.
		await terminal.until('the keys', () => terminal.written().includes('move up and down'));
		terminal.type('?/status:Completed');
		await terminal.until('the filter', screen => screen.includes('Filter: status:Completed'));
		// Data ask for no frame here, keys do: pods that the API server lists may come later than the first.
		const keys = setInterval(() => terminal.type('\u001B[D'), 200);
		onTestFinished(() => clearInterval(keys));
		await terminal.until('how many there are', screen => /row 1 of 2\./.test(screen));
	});
});
