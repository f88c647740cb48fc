import {describe, expect, onTestFinished, test} from 'vitest';
import {report} from '../reliability/report.ts';
import {startRecordedKubelet} from '../scrape/kubelet/recorded-kubelet.ts';
import {ALL_HOSTILE} from './hostile-text.ts';
import {openKtop} from './ktop.ts';
import {foreignIn} from './own-sequences.ts';
import type {Terminal} from './terminal.ts';

/** Answers to questions that ktop asks or never asked, and sequences of keys and devices that it does not know. */
const SEQUENCES = [
	'\u001B[0n',
	'\u001B[3n',
	'\u001B[12;40R',
	'\u001B[?62;22c',
	'\u001B[>41;354;0c',
	'\u001B[8;24;80t',
	'\u001B[?2026;2$y',
	'\u001B[?1u',
	'\u001B]11;rgb:ffff/ffff/ffff\u001B\\',
	'\u001B]52;c;cQ==\u0007',
	'\u001BP>|XTerm(370)\u001B\\',
	'\u001BP1$r0m\u001B\\',
	'\u001B_Gi=1;OK\u001B\\',
	'\u001B[I',
	'\u001B[O',
	'\u001B[57441;5:3u',
	'\u001B[25;3~',
	'\u001B[99;99~',
	'\u001BOZ',
	'\u001B[1;16P',
];

async function open(): Promise<Terminal> {
	const kubelet = await startRecordedKubelet();
	onTestFinished(kubelet.close);
	const terminal = openKtop(['pods', '--source', `kubelet:${kubelet.origin}`], {columns: 120, rows: 30});
	onTestFinished(terminal.close);
	await terminal.until('the pods', screen => /NAMESPACE +POD/.test(screen) && /\d+m /.test(screen));
	return terminal;
}

/** It still answers a key, and ends as it is told. */
async function expectAlive(terminal: Terminal): Promise<void> {
	terminal.type('3');
	await terminal.until('containers', screen => /POD +CONTAINER/.test(screen));
	expect(foreignIn(terminal.written())).toBeUndefined();
	terminal.type('q');
	expect(await terminal.exitCode).toBe(0);
	await expect.poll(terminal.leftBehind).toEqual([]);
}

describe('what a terminal sends', () => {
	test('reports and unknown sequences press no key', async ({task}) => {
		const terminal = await open();
		for (const sequence of SEQUENCES) {
			terminal.type(sequence.repeat(50));
		}

		await expectAlive(terminal);
		report(task, 'text', SEQUENCES.length, 'each 50 times', 'nothing is pressed');
	});

	// Esc that comes alone is a key, and so is what comes after it: only time could tell.
	test('the same byte by byte do no more than keys do', async ({task}) => {
		const terminal = await open();
		for (const sequence of SEQUENCES) {
			for (const byte of sequence) {
				terminal.type(byte);
			}
		}

		let exitCode: number | undefined;
		void terminal.exitCode.then(code => {
			exitCode = code;
		});
		const quit = async (): Promise<number | undefined> => {
			terminal.type('\u001B');
			await new Promise(resolve => setTimeout(resolve, 100));
			terminal.type('q');
			return exitCode;
		};
		await expect.poll(quit, {interval: 500}).toBe(0);
		expect(foreignIn(terminal.written())).toBeUndefined();
		await expect.poll(terminal.leftBehind).toEqual([]);
		report(
			task,
			'text',
			SEQUENCES.length,
			'each once, byte by byte',
			'keys at most, and it ends when told to',
		);
	});

	test('a flood of the mouse scrolls and selects, and keys come through', async ({task}) => {
		const terminal = await open();
		const reports = 5_000;
		for (let sent = 0; sent < reports; sent += 500) {
			terminal.type(
				Array.from(
					{length: 500},
					(_, index) =>
						`\u001B[<${[0, 64, 65, 35][index % 4]};${index % 300};${index % 90}${index % 3 === 0 ? 'm' : 'M'}`,
				).join(''),
			);
		}

		await expectAlive(terminal);
		report(task, 'text', 1, '5,000 reports of the mouse', 'the mouse does what it does, and no key');
	});

	test('what is pasted presses no key, and into the filter goes text alone', async ({task}) => {
		const terminal = await open();
		const bytes = 200_000;
		const pasted = `q\r\u0003${ALL_HOSTILE.replaceAll('\u001B[201~', '')}`.repeat(
			Math.ceil(bytes / ALL_HOSTILE.length),
		);
		terminal.type(`\u001B[200~${pasted}\u001B[201~`);
		await terminal.until('that nothing was done with it', screen =>
			screen.includes('pasted text was ignored'),
		);
		terminal.type(`/\u001B[200~${pasted}\u001B[201~`);
		await terminal.until('the filter', screen => screen.includes('xxxx'));
		terminal.type('\u0015\r');
		await expectAlive(terminal);
		report(task, 'text', 1, '200 kB, twice', 'nothing is pressed; the filter has the text without controls');
	});
});
