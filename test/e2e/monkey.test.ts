import {describe, expect, onTestFinished, test} from 'vitest';
import {KEYMAP} from '../../source/ui/state/keymap.ts';
import {startRecordedKubelet} from '../scrape/kubelet/recorded-kubelet.ts';
import {sequenceOf} from './key-sequences.ts';
import {openKtop} from './ktop.ts';

/** mulberry32: the same numbers for the same seed, on every machine. */
function randomOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let value = Math.imul(state ^ (state >>> 15), 1 | state);
		value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
		return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** Every key but those that end it, hand the terminal over or stop the process; and what no key is. */
const KEYS = [
	...KEYMAP.filter(({action}) => !['quit', 'suspend', 'hand-over'].includes(action.type)).flatMap(({keys}) =>
		keys.map(sequenceOf),
	),
	'web-0 日本語 ñ',
	'status:',
	'label:app=',
	'cpu>',
	'\u001B[<0;12;9M',
	'\u001B[<64;5;5M',
	'\u001B[<65;5;5M',
	'\u001B[<0;1;1M',
	'\u001B[200~pasted\u001B[201~',
	'\u001B[999;999R',
	'\u0000\u0001\u0002',
	'\u007F',
];

describe('keys at random, with resizes in between', () => {
	test.each([11, 22, 33])(
		'(seed %d) crash nothing, break no line and leave a clean terminal',
		async seed => {
			const random = randomOf(seed);
			const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
			const well = await startRecordedKubelet();
			const ill = await startRecordedKubelet({answers: {'/stats/summary': 'hang'}});
			onTestFinished(well.close);
			onTestFinished(ill.close);
			const sources =
				seed % 2 === 0
					? ['--source', 'demo:nodes=6,pods=40,seed=3']
					: ['--source', `kubelet:${well.origin}`, '--source', `kubelet:${ill.origin}`];
			const terminal = openKtop([...sources, '--request-timeout', '2s'], {columns: 120, rows: 30});
			onTestFinished(terminal.close);
			await terminal.until('a node', screen => /worker-|node-a/.test(screen));
			for (let burst = 0; burst < 40; burst++) {
				for (let key = 0; key < 15; key++) {
					terminal.type(pick(KEYS) ?? 'j');
				}

				if (random() < 0.4) {
					terminal.resize(20 + Math.floor(random() * 230), 5 + Math.floor(random() * 65));
				}

				await new Promise(resolve => setTimeout(resolve, 60));
				const where = `seed ${seed}, burst ${burst}`;
				expect(terminal.isAlternateScreen(), where).toBe(true);
				expect(terminal.wrappedLines(), where).toEqual([]);
				// biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be on the screen
				expect(terminal.text(), where).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F]/);
			}

			// Whatever is open by now is left, and the screen is whole again.
			terminal.resize(100, 30);
			for (let closed = 0; closed < 2; closed++) {
				terminal.type('\u001B');
				await new Promise(resolve => setTimeout(resolve, 300));
			}

			await terminal.typeUntil(
				'1',
				'the nodes',
				screen => screen.includes('1 Nodes') && /q quit|more: e\)|paused, window|[“”]|\.$/m.test(screen),
			);
			terminal.type('q');
			expect(await terminal.exitCode).toBe(0);
			await expect.poll(terminal.leftBehind).toEqual([]);
		},
		120_000,
	);
});
