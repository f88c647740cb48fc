import {expect, onTestFinished, test} from 'vitest';
import {startSlowKubelets} from '../scrape/slow-kubelets.ts';
import {openKtop} from './ktop.ts';

const KUBELETS = 40;

test('a link that is too slow for full reads is told on the screen, and what is shown is read in full', {
	timeout: 120_000,
}, async () => {
	const link = await startSlowKubelets({full: 40, less: 4});
	onTestFinished(link.close);
	const terminal = openKtop(
		[
			'nodes',
			'--interval',
			'1s',
			...Array.from({length: KUBELETS}, (_, kubelet) => [
				'--source',
				`kubelet:${link.origin}/${kubelet}`,
			]).flat(),
		],
		{columns: 160, rows: 24},
	);
	onTestFinished(terminal.close);
	await terminal.until('that rounds are late', screen => / late \d+s/.test(screen), 60_000);
	await terminal.until(
		'what is read less often',
		screen =>
			/40 nodes take [\d.]+s to read: those off the screen have CPU and memory every [\d.]+s, network, disks and volumes/.test(
				screen,
			),
		60_000,
	);
	await terminal.until('rounds on time', screen => !/ late \d+s/.test(screen), 60_000);
	// The sums have the network of all nodes, though most are read without it.
	expect(terminal.text()).toMatch(/NET .*↓\d/);
	const shown = new Set(
		[...terminal.text().matchAll(/node-(\d\d)/g)].map(([, number = '']) => String(Number(number))),
	);
	expect(shown.size).toBeGreaterThan(5);
	expect(shown.size).toBeLessThan(30);
	link.take();
	const asked: Array<ReturnType<typeof link.take>[number]> = [];
	await expect.poll(() => asked.push(...link.take()), {timeout: 20_000}).toBeGreaterThan(3 * KUBELETS);
	const inFull = asked.filter(({isLess}) => !isLess).map(({kubelet}) => kubelet);
	const short = asked.filter(({isLess}) => isLess).map(({kubelet}) => kubelet);
	expect(short.filter(kubelet => shown.has(kubelet))).toEqual([]);
	expect([...shown].filter(kubelet => !inFull.includes(kubelet))).toEqual([]);
	expect(short.length).toBeGreaterThan(KUBELETS);

	terminal.type('e');
	await terminal.until(
		'the explanation',
		screen => /nodes take [\d.]+s to read/.test(screen) && screen.includes('Unknown ('),
	);
	terminal.type('\u001B');
	await terminal.until('the table', screen => !screen.includes('Unknown ('));
	// The last rows come into view, and are read in full soon.
	terminal.type('G');
	await terminal.until('the last rows', screen => screen.includes('node-39'));
	link.take();
	await expect
		.poll(() => link.take().some(({kubelet, isLess}) => kubelet === '39' && !isLess), {timeout: 10_000})
		.toBe(true);
});
