import {readFileSync} from 'node:fs';
import {constants} from 'node:os';
import {afterEach, describe, expect, test} from 'vitest';
import {startRecordedKubelet} from '../scrape/kubelet/recorded-kubelet.ts';
import {CLI, EXECUTABLE, NODE, openKtop} from './ktop.ts';
import {openTerminal, type Terminal, type TerminalOptions} from './terminal.ts';

const cleanUps: Array<() => unknown> = [];

afterEach(async () => {
	await Promise.all(cleanUps.splice(0).map(cleanUp => cleanUp()));
});

function open(...args: Parameters<typeof openKtop>): Terminal {
	const terminal = openKtop(...args);
	cleanUps.push(terminal.close);
	return terminal;
}

/** Three kubelets: one well, one that answers 403, one that hangs. */
async function threeKubelets(): Promise<readonly string[]> {
	const servers = await Promise.all([
		startRecordedKubelet(),
		startRecordedKubelet({
			answers: {
				'/stats/summary': '403-no-rights-stats-summary.txt',
				'/metrics/resource': '403-no-rights-metrics-resource.txt',
			},
		}),
		startRecordedKubelet({answers: {'/stats/summary': 'hang'}}),
	]);
	cleanUps.push(...servers.map(({close}) => close));
	return servers.flatMap(({origin}) => ['--source', `kubelet:${origin}`]);
}

/** ktop as somebody starts it: from a shell that knows jobs. */
async function openInShell(options: TerminalOptions = {}): Promise<Terminal> {
	const shell = openTerminal('bash', ['--norc', '--noprofile', '-i'], {
		environment: {PS1: 'shell> '},
		...options,
	});
	cleanUps.push(shell.close);
	await shell.until('a prompt', screen => screen.includes('shell>'));
	shell.type(`"${NODE}" "${CLI}" --source local\r`);
	await shell.until('the screen', screen => screen.includes('cores') && screen.includes('q quit'));
	return shell;
}

const ESCAPE = '\u001B';

describe('the screen in a real terminal', () => {
	test('shows this machine with real figures, and gives the terminal back on q', async () => {
		const terminal = open(['--source', 'local'], {columns: 80, rows: 24});
		await terminal.until(
			'CPU and memory of this machine',
			screen => /cores +\d+%|cores <1%/.test(screen) && /Gi +\d+%/.test(screen),
		);
		expect(terminal.leftBehind()).toEqual([
			'alternate screen',
			'hidden cursor',
			'mouse reports',
			'cut lines',
		]);
		expect(terminal.text()).toContain('this machine');
		terminal.type('q');
		expect(await terminal.exitCode).toBe(0);
		// What the program wrote last may arrive after its end was noticed.
		await expect.poll(terminal.leftBehind).toEqual([]);
	});

	test('with one kubelet well, one forbidding and one hanging: lives, says why, and answers keys all the while', async () => {
		const sources = await threeKubelets();
		const terminal = open([...sources, '--request-timeout', '4s'], {columns: 120, rows: 30});
		await terminal.until('the well node', screen => screen.includes('node-a'));
		const line = (part: RegExp): string => terminal.lines().find(text => part.test(text)) ?? '';
		expect(line(/[▸ ] node-a /)).toMatch(/1\.34 .*2\.0Gi +9% .*ok \d+ms/);
		await terminal.until('why the other is missing', screen => screen.includes('403 needs nodes/stats'));
		// The third has not answered yet, and every key does.
		expect(terminal.text()).toContain('waiting');
		terminal.type('2');
		await terminal.until('pods', screen => screen.includes('queue-0'));
		terminal.type('?');
		await terminal.until('the help', screen => screen.includes('move up and down'));
		terminal.type('?');
		terminal.type('1');
		await terminal.until('that it timed out', screen => screen.includes('timeout 4s'));
		expect(line(/[▸ ] node-a /)).toMatch(/ok \d+ms/);
		expect(line(/timeout/)).toMatch(/– +– .* – +–/);
		expect(terminal.text()).toContain('nodes 1/3');
	});

	test('drills from a node into its containers and one of them, and back to the same row', async () => {
		const terminal = open(await threeKubelets(), {columns: 120, rows: 40});
		await terminal.until('the node', screen => screen.includes('node-a'));
		terminal.type('\r');
		await terminal.until('its containers', screen => screen.includes('nodes › node-a › containers'));
		expect(terminal.text()).toContain('┤');
		await terminal.until('the busiest container first', screen => /▸ payments +api-79\S* +api/.test(screen));
		terminal.type('\r');
		await terminal.until('one container', screen => /node-a › payments\/api-79\S*\/api /.test(screen));
		terminal.type(ESCAPE);
		await terminal.until('the containers again', screen => screen.includes('› containers'));
		terminal.type(ESCAPE);
		await terminal.until('the nodes again', screen => screen.includes('▸ node-a'));
	});

	test('filters and sorts while it is typed', async () => {
		const terminal = open(['pods', ...(await threeKubelets())], {columns: 100, rows: 30});
		await terminal.until('the pods', screen => screen.includes('queue-0'));
		terminal.type('/');
		terminal.type('shop');
		await terminal.until('the shop alone', screen => screen.includes('shop') && !screen.includes('queue-0'));
		terminal.type('\r');
		terminal.type('m');
		await terminal.until(
			'the largest first',
			screen => /▸ shop +cache-/.test(screen) && screen.includes('MEM▼'),
		);
		terminal.type(ESCAPE);
		await terminal.until('all of them', screen => screen.includes('queue-0'));
	});

	test.each([
		[80, 24],
		[200, 60],
		[40, 10],
	])('at %dx%d shows the nodes and never more than fits', async (columns, rows) => {
		const terminal = open(['--source', 'demo:nodes=3,pods=30,seed=1'], {columns, rows});
		await terminal.until(
			'a live node',
			screen => /worker-\d+ +\S/.test(screen) && /\d+m|\d\.\d\d/.test(screen),
		);
		expect(terminal.text()).toContain('DEMO');
		expect(terminal.lines()).toHaveLength(rows);
	});

	test('follows the size of the window', async () => {
		const terminal = open(['--source', 'demo:nodes=3,pods=30,seed=1'], {columns: 120, rows: 30});
		await terminal.until('a wide table', screen => screen.includes('PODS') && screen.includes('worker-01'));
		terminal.resize(80, 24);
		await terminal.until(
			'a narrow one',
			screen =>
				!screen.includes('PODS') &&
				screen.includes('worker-01') &&
				/q quit/.test(screen.split('\n')[23] ?? ''),
		);
		terminal.resize(150, 40);
		await terminal.until(
			'a wide one again',
			screen => screen.includes('PODS') && /q quit/.test(screen.split('\n')[39] ?? ''),
		);
	});

	test('is drawn in ASCII where the locale is not UTF-8', async () => {
		const terminal = open(['--source', 'local'], {
			columns: 90,
			rows: 20,
			environment: {LANG: 'C', LC_ALL: undefined, LC_CTYPE: undefined},
		});
		await terminal.until('this machine', screen => screen.includes('cores'));
		expect(terminal.text()).toMatch(/^[\x20-\x7E\n]*$/);
	});

	test('is a table where the terminal cannot move its cursor', async () => {
		const terminal = open(['--source', 'local'], {environment: {TERM: 'dumb'}});
		expect(await terminal.exitCode).toBe(0);
		await terminal.until('the table', screen => /^NAME +CPU\(cores\)/.test(screen));
		expect(terminal.written()).not.toContain('\u001B');
	});

	test('is a table where the terminal has no keyboard', async () => {
		const terminal = openTerminal('sh', ['-c', '"$@" </dev/null', 'sh', NODE, CLI, '--source', 'local']);
		cleanUps.push(terminal.close);
		expect(await terminal.exitCode).toBe(0);
		await terminal.until('the table', screen => /^NAME +CPU\(cores\)/.test(screen));
	});

	test('has no colours where NO_COLOR says so', async () => {
		const terminal = open(['--source', 'local'], {environment: {NO_COLOR: '1'}});
		await terminal.until('this machine', screen => screen.includes('cores'));
		// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences begin with ESC
		expect(terminal.written()).not.toMatch(/\u001B\[(?:\d+;)*(?:[349][0-7]|10[0-7]|[34]8)(?:;\d+)*m/);
	});

	test('writes nothing while nothing changes but the clock', async () => {
		const terminal = open(['--source', 'demo:nodes=2,pods=10,seed=1', '--interval', '1h'], {
			columns: 200,
			rows: 60,
		});
		await terminal.until('live nodes', screen => (screen.match(/ok \d+ms/g) ?? []).length === 2);
		const bytesPerSecond = async (): Promise<number> => {
			const [before, startMs] = [terminal.written().length, performance.now()];
			await new Promise(resolve => setTimeout(resolve, 3000));
			return ((terminal.written().length - before) * 1000) / (performance.now() - startMs);
		};
		// The second read, after a quarter of the kubelets' own interval, still changes something. After that a second's
		// change is the clock and some ages; a whole frame would be 12,000 bytes.
		await expect.poll(bytesPerSecond).toBeLessThan(400);
	});
});

describe('over a slow link', () => {
	test('a key held down queues no frames: the screen stops where the key was let go', async () => {
		const terminal = open(['pods', '--source', 'demo:nodes=6,pods=300,seed=1', '--interval', '1m'], {
			columns: 120,
			rows: 40,
			linkBytesPerSecond: 4000,
		});
		await terminal.until('pods', screen => /▸ /.test(screen) && terminal.onTheLink() === 0, 30_000);
		let most = 0;
		for (let pressed = 0; pressed < 90; pressed++) {
			terminal.type('j');
			await new Promise(resolve => setTimeout(resolve, 30));
			most = Math.max(most, terminal.onTheLink());
		}

		// A frame that scrolls is some kilobytes; 90 of them would be a minute's worth of this link.
		expect(most).toBeLessThan(12_000);
		terminal.type('q');
		expect(await terminal.exitCode).toBe(0);
	});

	test('no answer of the terminal is left for the shell', async () => {
		const shell = await openInShell({linkBytesPerSecond: 20_000});
		shell.type('jjkkq');
		await shell.until('the shell again', screen => screen.trimEnd().endsWith('shell>'));
		await new Promise(resolve => setTimeout(resolve, 600));
		expect(shell.text()).not.toContain('0n');
	});
});

describe('the terminal is given back', () => {
	test.each([
		['SIGTERM', 143],
		['SIGHUP', 129],
		['SIGINT', 130],
		['SIGQUIT', 131],
	])('after %s, with exit code %d', async (signal, exitCode) => {
		const terminal = open(['--source', 'local']);
		await terminal.until('the screen', screen => screen.includes('cores'));
		terminal.signal(signal);
		expect(await terminal.exitCode).toBe(exitCode);
		await expect.poll(terminal.leftBehind).toEqual([]);
	});

	test('on Ctrl-C', async () => {
		const terminal = open(['--source', 'local']);
		await terminal.until('the screen', screen => screen.includes('cores'));
		terminal.type('\u0003');
		expect(await terminal.exitCode).toBe(0);
		await expect.poll(terminal.leftBehind).toEqual([]);
	});

	test('on Ctrl-Z, and taken again on fg', async () => {
		const shell = await openInShell();
		shell.type('\u001A');
		await shell.until('the shell again', screen => screen.includes('Stopped'));
		expect(shell.leftBehind()).toEqual([]);
		shell.type('fg\r');
		await shell.until('the screen again', screen => screen.includes('cores') && screen.includes('q quit'));
		expect(shell.isAlternateScreen()).toBe(true);
		shell.type('q');
		await shell.until('the shell at the end', screen => screen.trimEnd().endsWith('shell>'));
		expect(shell.leftBehind()).toEqual([]);
	});

	test('on Ctrl-Z, and taken again at the size that the window has by then', async () => {
		const shell = await openInShell();
		shell.type('\u001A');
		await shell.until('the shell again', screen => screen.includes('Stopped'));
		shell.resize(70, 18);
		shell.type('fg\r');
		await shell.until('the last line at the new size', screen => /q quit/.test(screen.split('\n')[17] ?? ''));
		expect(shell.wrappedLines()).toEqual([]);
		expect(shell.lines().filter(line => line.startsWith(' MEM'))).toHaveLength(1);
		shell.type('q');
		await shell.until('the shell at the end', screen => screen.trimEnd().endsWith('shell>'));
	});

	test('on Ctrl-Z, and stays so where it is ended by then', async () => {
		const shell = await openInShell();
		shell.type('\u001A');
		await shell.until('the shell again', screen => screen.includes('Stopped'));
		shell.type('kill %1; fg\r');
		await expect.poll(() => childrenOf(shell.pid)).toEqual([]);
		await shell.until('the shell at the end', screen => screen.trimEnd().endsWith('shell>'));
		expect(shell.leftBehind()).toEqual([]);
	});

	test('when it is stopped by a signal, and taken again on fg', async () => {
		const shell = await openInShell();
		process.kill(childrenOf(shell.pid)[0] ?? 0, 'SIGTSTP');
		await shell.until('the shell again', screen => screen.includes('Stopped'));
		expect(shell.leftBehind()).toEqual([]);
		shell.type('fg\r');
		await shell.until('the screen again', screen => screen.includes('cores') && screen.includes('q quit'));
		shell.type('q');
		await shell.until('the shell at the end', screen => screen.trimEnd().endsWith('shell>'));
	});

	test('on Ctrl-Z where no shell could bring it back: then it goes on', async () => {
		const terminal = open(['--source', 'local']);
		await terminal.until('the screen', screen => screen.includes('cores'));
		terminal.type('\u001A');
		await expect.poll(() => terminal.written().split('?1049h').length).toBe(3);
		await expect.poll(terminal.isAlternateScreen).toBe(true);
		terminal.type('?');
		await terminal.until('the help', screen => screen.includes('move up and down'));
	});

	test('is taken again when ktop goes on that was stopped from outside', async () => {
		const terminal = open(['--source', 'local']);
		await terminal.until('the screen', screen => screen.includes('cores'));
		terminal.signal('SIGSTOP');
		terminal.emulator.write('\u001B[?1049l\u001B[2J\u001B[HSOMETHING ELSE');
		await terminal.until('what the other wrote', screen => screen.includes('SOMETHING ELSE'));
		terminal.signal('SIGCONT');
		await terminal.until('the screen again', screen => screen.includes('cores'));
		expect(terminal.isAlternateScreen()).toBe(true);
		expect(terminal.text()).not.toContain('SOMETHING ELSE');
	});

	// A single executable takes no NODE_OPTIONS.
	test.skipIf(EXECUTABLE !== undefined)('after a crash, which is reported on the main screen', async () => {
		const defect = encodeURIComponent('process.on("SIGUSR2", () => { throw new Error("unforeseen") })');
		const terminal = open(['--source', 'local'], {
			environment: {NODE_OPTIONS: `--import data:text/javascript,${defect}`},
		});
		await terminal.until('the screen', screen => screen.includes('cores'));
		terminal.signal('SIGUSR2');
		expect(await terminal.exitCode).toBe(1);
		await terminal.until('what happened', screen => screen.includes('a defect: unforeseen'));
		expect(terminal.leftBehind()).toEqual([]);
	});

	test('and ktop ends when its terminal is gone', async () => {
		const terminal = open(['--source', 'local']);
		await terminal.until('the screen', screen => screen.includes('cores'));
		terminal.hangUp();
		await expect.poll(() => isRunning(terminal.pid)).toBe(false);
		expect(await terminal.endSignal).toBe(constants.signals.SIGHUP);
	});

	test('and the demo’s processes end with it', async () => {
		const terminal = open(['--source', 'demo:nodes=2,pods=4,seed=1']);
		await terminal.until('the demo', screen => screen.includes('worker-01'));
		const children = childrenOf(terminal.pid);
		expect(children.length).toBeGreaterThan(0);
		terminal.type('q');
		await terminal.exitCode;
		await expect.poll(() => children.filter(isRunning)).toEqual([]);
	});
});

function childrenOf(pid: number): readonly number[] {
	return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
		.trim()
		.split(' ')
		.filter(Boolean)
		.map(Number);
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
