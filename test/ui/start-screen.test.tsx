import {PassThrough} from 'node:stream';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {parseRoute} from '../../source/metrics/model/route.ts';
import {Store} from '../../source/metrics/store/store.ts';
import type {ScreenOptions} from '../../source/ui/feed.ts';
import {startScreen} from '../../source/ui/start-screen.tsx';
import {NO_MEMORY} from '../../source/ui/state/screen-memory.ts';
import {cpuReading, podReading, reading} from '../metrics/readings.ts';
import {feedOf} from './feeds.ts';
import {letPass} from './let-pass.ts';

const QUESTION = '\u001B[5n';
const ANSWER = '\u001B[0n';
const CTRL_Z = '\u001A';

/** A terminal at the end of a link: responds to status requests after the delay of the link. */
class LinkedTerminal {
	readonly stdin = Object.assign(new PassThrough(), {setRawMode: () => {}, isTTY: true});
	readonly stdout = Object.assign(new PassThrough(), {columns: 100, rows: 24, isTTY: true});
	delayMs = 0;
	/** The output since this was emptied. */
	written = '';
	answered = 0;

	constructor() {
		this.stdout.on('data', (data: Buffer) => {
			const text = data.toString();
			this.written += text;
			if (text.includes(QUESTION)) {
				setTimeout(() => {
					this.answered++;
					this.stdin.write(ANSWER);
				}, this.delayMs);
			}
		});
	}

	type(keys: string): void {
		this.stdin.write(keys);
	}
}

/** Starts a screen with one pod, whose logs are shown by `use`. */
async function start(
	use: (terminal: LinkedTerminal) => Promise<void> = async () => {},
	look: Pick<ScreenOptions, 'theme' | 'colors'> = {theme: 'terminal', colors: 'none'},
) {
	const nowMs = Date.now();
	const store = new Store({capacity: 20, staleAfterMs: 30_000});
	const pod = {uid: 'u', namespace: 'shop', name: 'web-0'};
	store.addNode('n', 'n');
	store.apply(
		'n',
		[
			reading(nowMs, {
				pods: [podReading('shop', 'web-0', {pod, cpu: cpuReading({timeMs: nowMs, usageCores: 1})})],
			}),
		],
		{kind: 'live', route: parseRoute('summary'), latencyMs: 1, degraded: undefined},
	);
	const terminal = new LinkedTerminal();
	const kubectl = {calls: 0, running: 0, mostAtOnce: 0};
	const feed = feedOf(store, {
		now: Date.now,
		label: () => 'one kubelet',
		async handOver() {
			kubectl.calls++;
			kubectl.running++;
			kubectl.mostAtOnce = Math.max(kubectl.mostAtOnce, kubectl.running);
			await use(terminal);
			kubectl.running--;
			return undefined;
		},
	});
	const ended = startScreen(feed, {
		stdin: terminal.stdin as unknown as NodeJS.ReadStream,
		stdout: terminal.stdout as unknown as NodeJS.WriteStream,
		level: 'pods',
		sort: undefined,
		filter: undefined,
		namespaces: undefined,
		...look,
		charts: 'lines',
		hasMouse: false,
		isSpoken: false,
		multiplexer: undefined,
		memory: NO_MEMORY,
		remember: () => {},
		symbols: 'unicode',
	});
	await expect.poll(() => terminal.answered).toBeGreaterThan(0);
	return {
		terminal,
		kubectl,
		publish: feed.change,
		ended,
		/** Ends the screen with its key once it is visible. */
		async quit() {
			terminal.delayMs = 0;
			// Keys are dropped until ktop's screen is visible.
			const keys = setInterval(() => terminal.type('q'), 50);
			return ended.finally(() => clearInterval(keys));
		},
	};
}

describe('while kubectl has the terminal', () => {
	test('no second one is started by more keys', async () => {
		const {terminal, kubectl, quit} = await start(async () => {
			await letPass(150);
		});
		terminal.delayMs = 100;
		terminal.type('j');
		await letPass(40);
		terminal.type('lll');
		await expect.poll(() => kubectl.calls).toBe(1);
		await expect.poll(() => kubectl.running).toBe(0);
		await quit();
		expect(kubectl).toEqual({calls: 1, running: 0, mostAtOnce: 1});
	});

	test('nothing is written, and no status is requested', async () => {
		let during: readonly unknown[] = [];
		let publishNow: () => void = () => {};
		const {terminal, kubectl, publish, quit} = await start(async lent => {
			const before = lent.answered;
			lent.written = '';
			publishNow();
			await letPass(1200);
			during = [lent.written, lent.answered - before];
		});
		publishNow = publish;
		terminal.delayMs = 80;
		terminal.type('?');
		await letPass(40);
		terminal.type('?');
		await letPass(5);
		terminal.type('l');
		publish();
		await expect.poll(() => kubectl.calls).toBe(1);
		await expect.poll(() => kubectl.running).toBe(0);
		await quit();
		expect(during).toEqual(['', 0]);
	});
});

describe('the screen comes back', () => {
	test.each([
		['kubectl', 'l'],
		['a stop', CTRL_Z],
	])('after %s, also if a response was lost on a slow link', async (_what, key) => {
		const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
		onTestFinished(() => kill.mockRestore());
		const {terminal, publish, quit} = await start(async () => {
			await letPass(700);
		});
		terminal.delayMs = 800;
		terminal.type('?');
		await letPass(40);
		terminal.type('?');
		await letPass(5);
		terminal.type(key);
		await letPass(100);
		publish();
		await expect.poll(() => terminal.written).toMatch(/\?1049l[\s\S]*\?1049h[\s\S]*web-0/);
		terminal.written = '';
		// Keys are dropped until the screen is visible.
		await vi.waitFor(
			() => {
				terminal.type('?');
				expect(terminal.written).toContain('move up and down');
			},
			{timeout: 30_000, interval: 300},
		);
		await quit();
	});

	test('without a listener left', async () => {
		const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
		onTestFinished(() => kill.mockRestore());
		const signals = ['SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGINT', 'SIGTSTP', 'SIGCONT', 'exit'] as const;
		const listening = (): readonly number[] => signals.map(signal => process.listenerCount(signal));
		const before = listening();
		const {terminal, quit} = await start();
		terminal.type(CTRL_Z + CTRL_Z);
		await letPass(200);
		await quit();
		expect(listening()).toEqual(before);
		expect(kill).toHaveBeenCalledTimes(1);
	});
});

test('nothing is started after the end', async () => {
	const {terminal, kubectl, ended} = await start();
	terminal.delayMs = 100;
	terminal.type('j');
	await letPass(40);
	terminal.type('ql');
	expect(await ended).toBeUndefined();
	expect(kubectl.calls).toBe(0);
});

test('a key that closes the help does nothing else', async () => {
	const {terminal, kubectl, quit} = await start();
	terminal.type('?');
	await expect.poll(() => terminal.written).toContain('move up and down');
	terminal.type('s');
	await letPass(100);
	await quit();
	expect(kubectl.calls).toBe(0);
});

test('a background that the terminal tells late changes the colours of the screen', async () => {
	const {terminal, quit} = await start(undefined, {theme: 'auto', colors: '256'});
	await expect.poll(() => terminal.written).toContain('web-0');
	expect(terminal.written).not.toContain('\u001B[1;38;5;24m');
	terminal.type('\u001B]11;rgb:ffff/ffff/ffff\u001B\\');
	await expect.poll(() => terminal.written).toContain('\u001B[1;38;5;24m');
	await quit();
});
