import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {startRecordedKubelet} from '../scrape/kubelet/recorded-kubelet.ts';
import {cleanHome, openKtop} from './ktop.ts';
import {startRecordedCluster} from './recorded-cluster.ts';
import type {Terminal, TerminalOptions} from './terminal.ts';

const ESCAPE = '\u001B';
const RIGHT = '\u001B[C';

async function openPods(
	options: TerminalOptions = {},
	args: readonly string[] = ['pods'],
): Promise<Terminal> {
	const cluster = await startRecordedCluster();
	onTestFinished(cluster.close);
	const terminal = openKtop([...args, '--kubeconfig', cluster.kubeconfig], {
		columns: 140,
		rows: 40,
		...options,
	});
	onTestFinished(terminal.close);
	await terminal.until('the pods', screen => screen.includes('api-79'));
	return terminal;
}

/** The name of the selected row. */
function selected(terminal: Terminal): string {
	return /▸ +(\S+ +\S+)/.exec(terminal.text())?.[1] ?? '';
}

function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'ktop-keys-'));
	onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
}

/** A kubectl that says what it was called with, and ends on its own or never. */
function fakeKubectl(script: string): string {
	const folder = temporaryFolder();
	const file = join(folder, 'kubectl');
	writeFileSync(file, `#!/bin/sh\n${script}\n`);
	chmodSync(file, 0o755);
	return `${folder}:${process.env.PATH}`;
}

describe('columns', () => {
	test('are chosen, hidden and moved, and are so the next time', async () => {
		const home = cleanHome();
		const first = await openPods({environment: home});
		expect(first.text()).toContain('READY');
		first.type('o');
		await first.until('the chooser', screen => screen.includes('space show or hide'));
		expect(first.text()).toMatch(/■ READY +Ready containers of all/);
		expect(first.text()).toMatch(/□ PSI-C/);
		first.type('jj ');
		await first.until('that it is hidden', screen => /□ READY/.test(screen));
		first.type('\r');
		await first.until('the table', screen => screen.includes('api-79') && !screen.includes('READY'));
		first.type('q');
		await first.exitCode;
		const second = await openPods({environment: home});
		await second.until('the same table', screen => screen.includes('STATUS') && !screen.includes('READY'));
		second.type('or\r');
		await second.until('the usual one', screen => screen.includes('READY'));
	});

	test('may be named in the settings', async () => {
		const home = cleanHome();
		mkdirSync(join(home.XDG_CONFIG_HOME ?? '', 'ktop-tui'), {recursive: true});
		writeFileSync(
			join(home.XDG_CONFIG_HOME ?? '', 'ktop-tui', 'config.yaml'),
			'theme: light\ncolors: 256\ncolumns:\n  pods: [name, memory, psi-cpu, cpu]\n',
		);
		const terminal = await openPods({environment: home});
		await terminal.until('these columns', screen => /POD +MEM +PSI-C +CPU▼/.test(screen));
		expect(terminal.written()).toMatch(/38;5;\d+/);
	});

	test('give way to more figures with w', async () => {
		const terminal = await openPods();
		await terminal.until('sparklines', screen => /CPU▼ \d+[ms] .*MEM/.test(screen));
		terminal.type('w');
		await terminal.until('figures alone', screen => /CPU▼ +MEMORY +NET/.test(screen));
	});
});

describe('the selection', () => {
	test('of marked rows keeps them on top, until all marks are taken', async () => {
		const terminal = await openPods();
		terminal.type('jjjx');
		const marked = await (async () => {
			await terminal.until('a mark', screen => /^\* /m.test(screen));
			return /^\* +(\S+ +\S+)/m.exec(terminal.text())?.[1] ?? '';
		})();
		terminal.type('r');
		await terminal.until('it on top still', screen => (screen.split('\n')[5] ?? '').includes(marked));
		terminal.type('X');
		await terminal.until('no mark', screen => !/^\* /m.test(screen));
	});

	test('stays at its place when following is off', async () => {
		const terminal = await openPods();
		terminal.type('jjf');
		await terminal.until('that', screen => screen.includes('stays at its position'));
		const before = selected(terminal);
		terminal.type('r');
		await terminal.until('another row', () => selected(terminal) !== before);
		terminal.type('f');
		await terminal.until('the other way', screen => screen.includes('follows its row'));
	});
});

describe('the filter', () => {
	test('is completed with Tab, and recalled with the arrows', async () => {
		const terminal = await openPods();
		// Those that are done are listed by the API server alone.
		await terminal.until('all pods', screen => screen.includes('Pods 26'));
		terminal.type('/sta');
		await terminal.until('the hint', screen => screen.includes('Tab: status:'));
		terminal.type('\t');
		await terminal.until('the column', screen => screen.includes('/status:'));
		terminal.type('Comp\t\r');
		await terminal.until('those that are done', screen => screen.includes('filter “status:Completed” 2 of'));
		terminal.type('/\u0015');
		await terminal.until('an empty filter', screen => !screen.includes('status:Completed'));
		terminal.type(ESCAPE);
		await terminal.until('the same', screen => screen.includes('filter “status:Completed”'));
		terminal.type('/\u0015web\r');
		await terminal.until('another', screen => screen.includes('filter “web”'));
		terminal.type('/\u001B[A\u001B[A\r');
		await terminal.until('the first again', screen => screen.includes('filter “status:Completed”'));
	});

	test('that is wrong stays in its prompt with the reason, and is not recalled', async () => {
		const terminal = await openPods();
		terminal.type('/web\r/\u0015cpuu>1\r');
		await terminal.until('why', screen => /^\/cpuu>1 *\n no column cpuu: did you mean cpu\?/m.test(screen));
		terminal.type(`${ESCAPE}`);
		await terminal.until('the one before', screen => screen.includes('filter “web”'));
		terminal.type('/\u0015\u001B[A');
		await terminal.until('the last good one', screen => /^\/web /m.test(screen));
	});

	test('that nothing matches is kept, with what there is to filter by', async () => {
		const terminal = await openPods();
		terminal.type('/no-such-pod\r');
		await terminal.until('what there is', screen =>
			/matches no-such-pod: words are looked for in namespace, name, /.test(screen),
		);
		expect(terminal.text()).toContain('filter “no-such-pod” 0 of');
	});
});

describe('the order', () => {
	test('is each table’s own', async () => {
		const terminal = await openPods();
		terminal.type('m');
		await terminal.until('by memory', screen => screen.includes('MEM▼'));
		terminal.type('3');
		await terminal.until(
			'containers by CPU',
			screen => screen.includes('CONTAINER') && screen.includes('CPU▼'),
		);
		terminal.type('2');
		await terminal.until('pods by memory', screen => screen.includes('READY') && screen.includes('MEM▼'));
	});
});

describe('pages', () => {
	test('of a node, a pod and a container have facts in place of charts', async () => {
		const cluster = await startRecordedCluster();
		onTestFinished(cluster.close);
		const nodes = openKtop(['--kubeconfig', cluster.kubeconfig], {columns: 140, rows: 40});
		onTestFinished(nodes.close);
		await nodes.until('the node', screen => /node-a .* ok \d+ms/.test(screen));
		nodes.type('\rd');
		await nodes.until('its facts', screen => /nodefs +▰/.test(screen) && screen.includes('Pressure'));
		nodes.type('\r');
		await nodes.until(
			'a container’s facts',
			screen => screen.includes('Image') && screen.includes('Memory left'),
		);
		nodes.type('d');
		await nodes.until('its charts', screen => screen.includes('working set') && screen.includes('┤'));
	});

	test('list what crossed a threshold', async () => {
		const terminal = await openPods();
		terminal.type('E');
		await terminal.until('events, or that there are none', screen =>
			/SINCE +FOR +PEAK|No events yet/.test(screen),
		);
		terminal.type('E');
		await terminal.until('the table', screen => screen.includes('api-79'));
	});

	test('of help are read on with the arrows in a small terminal', async () => {
		const server = await startRecordedKubelet();
		onTestFinished(server.close);
		const terminal = openKtop(['--source', `kubelet:${server.origin}`], {columns: 80, rows: 16});
		onTestFinished(terminal.close);
		await terminal.until('the node', screen => screen.includes('node-a'));
		terminal.type('?');
		await terminal.until('the help', screen => /more lines below/.test(screen));
		terminal.type('G');
		await terminal.until(
			'its end',
			screen => screen.includes('quit') && !screen.includes('more lines below'),
		);
	});
});

describe('kubectl', () => {
	test('gets the terminal for logs, with the flags of ktop, and gives it back', async () => {
		const folder = temporaryFolder();
		const [log, seen] = [join(folder, 'args'), join(folder, 'seen')];
		const script = `echo "$@" > ${log}; echo LOGS OF KUBECTL; until [ -e ${seen} ]; do sleep 0.05; done`;
		const terminal = await openPods({environment: {...cleanHome(), PATH: fakeKubectl(script)}});
		terminal.type('l');
		await terminal.until('what kubectl prints', screen => screen.includes('LOGS OF KUBECTL'));
		writeFileSync(seen, '');
		await terminal.until('the screen again', screen => screen.includes('sort cpu'));
		expect(readFileSync(log, 'utf8')).toMatch(
			/^logs --kubeconfig=\S+ --context=prod --namespace=\S+ --follow --tail=200 --all-containers pod\/\S+\n$/,
		);
		terminal.type('q');
		expect(await terminal.exitCode).toBe(0);
	});

	test('is ended by Ctrl-C, and ktop is not', async () => {
		const terminal = await openPods({
			environment: {
				...cleanHome(),
				PATH: fakeKubectl("trap 'exit 130' INT; echo LOGS OF KUBECTL; while :; do sleep 0.1; done"),
			},
		});
		terminal.type('l');
		await terminal.until('what kubectl prints, after how to come back', screen =>
			/Ctrl-C returns to ktop\s+LOGS OF KUBECTL/.test(screen),
		);
		terminal.type('\u0003');
		await terminal.until('the screen again', screen => screen.includes('sort cpu'));
		expect(terminal.text()).not.toContain('kubectl ended');
		terminal.type('q');
		expect(await terminal.exitCode).toBe(0);
	});

	test('leaves nothing that was typed meanwhile to ktop, which takes the next key', async () => {
		const terminal = await openPods({
			environment: {...cleanHome(), PATH: fakeKubectl('echo LOGS OF KUBECTL; sleep 1; exit 3')},
		});
		await terminal.until('figures, by which rows are in their order', screen =>
			screen.includes(' of 2.00 cores'),
		);
		const row = selected(terminal);
		terminal.type('l');
		await terminal.until('what kubectl prints', screen => screen.includes('LOGS OF KUBECTL'));
		// The lines are ended: the terminal has them ready for whoever reads next.
		terminal.type('jj\r?\rq\r');
		await terminal.until('how it ended', screen => screen.includes('kubectl ended with 3'));
		expect(selected(terminal)).toBe(row);
		terminal.type('?');
		await terminal.until('the help', screen => screen.includes('move up and down'));
		expect(terminal.text()).not.toContain('kubectl ended with 3');
		terminal.type('q');
		expect(await terminal.exitCode).toBe(0);
	});

	test('prints the logs of a container that ended, and waits for Enter', async () => {
		const log = join(temporaryFolder(), 'args');
		const terminal = await openPods({
			environment: {...cleanHome(), PATH: fakeKubectl(`echo "$@" > ${log}; echo LAST WORDS`)},
		});
		terminal.type('/crasher\r');
		await terminal.until('the pod', screen => /▸ +\S+ +crasher/.test(screen));
		terminal.type('p');
		await terminal.until('the logs', screen => /LAST WORDS\s+Enter returns to ktop$/m.test(screen));
		expect(readFileSync(log, 'utf8')).toMatch(/^logs .*--tail=200 --container=main pod\/crasher-\S+\n$/);
		terminal.type('\r');
		await terminal.until('the screen again', screen => screen.includes('1 of 26 pods'));
		terminal.type('q');
		expect(await terminal.exitCode).toBe(0);
	});

	test('gets it for a shell in a container', async () => {
		const log = join(temporaryFolder(), 'args');
		const terminal = await openPods({
			environment: {...cleanHome(), PATH: fakeKubectl(`echo "$@" > ${log}; exit 7`)},
		});
		terminal.type('3s');
		await terminal.until('how it ended', screen => screen.includes('kubectl ended with 7'));
		expect(readFileSync(log, 'utf8')).toMatch(/^exec .*--stdin --tty --container=\S+ \S+ -- sh -c /);
	});

	test('has a terminal for input and output, and its last line on stderr is shown again', async () => {
		const log = join(temporaryFolder(), 'terminals');
		const complaint = 'Error from server: \\033[31mno such pod';
		const terminal = await openPods({
			environment: {
				...cleanHome(),
				PATH: fakeKubectl(
					`for fd in 0 1; do [ -t $fd ] && echo $fd >> ${log}; done; printf 'Defaulted\\n${complaint}\\n\\n' >&2; exit 1`,
				),
			},
		});
		terminal.type('l');
		await terminal.until('what it said', screen =>
			screen.includes('kubectl ended with 1: Error from server: \uFFFD[31mno such pod'),
		);
		expect(readFileSync(log, 'utf8')).toBe('0\n1\n');
		expect(terminal.written()).toMatch(/Defaulted\r\nError from server/);
	});

	/** Notes the arguments, the kubeconfig with its modes, and waits to be ended where it is told to. */
	const noting = (folder: string, then: string): string =>
		fakeKubectl(
			[
				`echo "$@" > ${folder}/args`,
				'file=$(echo "$@" | sed "s/.*--kubeconfig=\\([^ ]*\\).*/\\1/")',
				`stat -c %a "$file" "$(dirname "$file")" > ${folder}/modes`,
				`cp "$file" ${folder}/config; echo "$file" > ${folder}/path`,
				then,
			].join('\n'),
		);

	test('finds a token in a file that only its owner can read, and that is removed afterwards', async () => {
		const folder = temporaryFolder();
		const terminal = await openPods({
			environment: {...cleanHome(), KTOP_TOKEN: 's3cret-token', PATH: noting(folder, 'exit 3')},
		});
		terminal.type('l');
		await terminal.until('how it ended', screen => screen.includes('kubectl ended with 3'));
		const noted = (name: string): string => readFileSync(join(folder, name), 'utf8');
		expect(noted('config')).toContain('s3cret-token');
		expect(noted('modes')).toBe('600\n700\n');
		expect(noted('args')).not.toContain('s3cret-token');
		expect(terminal.written()).not.toContain('s3cret-token');
		expect(existsSync(noted('path').trim())).toBe(false);
	});

	test('talks to the URL that ktop reads, and not to the cluster of the usual kubeconfig', async () => {
		const cluster = await startRecordedCluster();
		const other = await startRecordedCluster();
		onTestFinished(async () => {
			await Promise.all([cluster.close(), other.close()]);
		});
		const tls = (name: string): string => join(import.meta.dirname, '../fixtures/tls', name);
		const folder = temporaryFolder();
		const argv = [
			'pods',
			'--source',
			`kubernetes:${cluster.apiOrigin}`,
			'--certificate-authority',
			tls('ca.crt'),
		];
		const identity = ['--client-certificate', tls('client.crt'), '--client-key', tls('client.key')];
		const terminal = openKtop([...argv, ...identity], {
			columns: 140,
			rows: 40,
			environment: {...cleanHome(), KUBECONFIG: other.kubeconfig, PATH: noting(folder, 'exit 3')},
		});
		onTestFinished(terminal.close);
		await terminal.until('the pods', screen => screen.includes('api-79'));
		terminal.type('l');
		await terminal.until('how it ended', screen => screen.includes('kubectl ended with 3'));
		const {clusters, users} = JSON.parse(readFileSync(join(folder, 'config'), 'utf8'));
		expect(clusters).toMatchObject([
			{cluster: {server: cluster.apiOrigin, 'certificate-authority': tls('ca.crt')}},
		]);
		expect(users).toMatchObject([
			{user: {'client-certificate': tls('client.crt'), 'client-key': tls('client.key')}},
		]);
	});

	test('is called only for pods of a cluster, where other sources are read too', async () => {
		const log = join(temporaryFolder(), 'args');
		const terminal = await openPods(
			{environment: {...cleanHome(), PATH: fakeKubectl(`echo "$@" > ${log}; exit 3`)}},
			['pods', '--source', 'kubernetes', '--source', 'demo:nodes=1,pods=4,seed=4', '--sort', 'name'],
		);
		terminal.type('/api-79\rl');
		await terminal.until('how it ended', screen => screen.includes('kubectl ended with 3'));
		expect(readFileSync(log, 'utf8')).toMatch(/ pod\/api-79/);
		rmSync(log);
		terminal.type('/\u0015node:worker\r');
		await terminal.until('a pod of the demo', screen => /▸ .*worker-01/.test(screen));
		terminal.type('l');
		await terminal.until('why not', screen => screen.includes('not certain which cluster'));
		expect(existsSync(log)).toBe(false);
	});

	test('ends with ktop, and what it was called with is gone', async () => {
		const folder = temporaryFolder();
		const terminal = await openPods({
			environment: {
				...cleanHome(),
				KTOP_TOKEN: 's3cret-token',
				PATH: noting(folder, 'echo LOGS OF KUBECTL; exec sleep 100'),
			},
		});
		terminal.type('l');
		await terminal.until('what kubectl prints', screen => screen.includes('LOGS OF KUBECTL'));
		terminal.signal('SIGTERM');
		expect(await terminal.exitCode).toBe(143);
		expect(existsSync(readFileSync(join(folder, 'path'), 'utf8').trim())).toBe(false);
	});

	test('that is not installed is reported', async () => {
		const terminal = await openPods({environment: {...cleanHome(), PATH: temporaryFolder()}});
		terminal.type('l');
		await terminal.until('that', screen => screen.includes('kubectl is not installed here'));
	});
});

test('y copies the row’s name where the terminal takes it', async () => {
	const terminal = await openPods();
	const name = selected(terminal).split(/ +/)[1] ?? '';
	terminal.type('y');
	await terminal.until('that', screen => screen.includes('copied'));
	// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequence begins with ESC and ends with BEL
	const [, sent = ''] = /\u001B\]52;c;([A-Za-z0-9+/=]+)\u0007/.exec(terminal.written()) ?? [];
	expect(Buffer.from(sent, 'base64').toString().startsWith(name.replace('…', ''))).toBe(true);
});

describe('the mouse', () => {
	const press = (column: number, line: number): string =>
		`\u001B[<0;${column + 1};${line + 1}M\u001B[<0;${column + 1};${line + 1}m`;

	test('selects, opens, sorts, goes to a tab and turns the wheel', async () => {
		const terminal = await openPods({}, ['pods', '--sort', '+name']);
		const lineOf = (part: string): number => terminal.lines().findIndex(line => line.includes(part));
		const headings = lineOf('NAMESPACE');
		const first = selected(terminal);
		terminal.type(press(20, headings + 4));
		await terminal.until('another row', () => selected(terminal) !== first);
		terminal.type('\u001B[<64;20;10M\u001B[<64;20;10M');
		await terminal.until('the first again', () => selected(terminal) === first);
		terminal.type(press((terminal.lines()[headings] ?? '').indexOf('MEM') + 1, headings));
		await terminal.until('by memory', screen => screen.includes('MEM▼'));
		const line = terminal.lines().findIndex(text => text.startsWith('▸'));
		terminal.type(press(20, line));
		await terminal.until('its page', screen => screen.includes('› containers'));
		terminal.type(ESCAPE);
		await terminal.until('the table', screen => screen.includes('2 Pods'));
		terminal.type(press(2, lineOf('1 Nodes')));
		await terminal.until('the nodes', screen => /NODE +STATUS/.test(screen));
	});

	test('folds a tree, and turns the list of columns that lies over a table', async () => {
		const terminal = await openPods({}, ['pods', '--sort', '+name']);
		terminal.type('5');
		await terminal.until('the root', screen => screen.includes('▸ + node-a'));
		const root = terminal.lines().findIndex(line => line.includes('▸ + node-a'));
		terminal.type(press(6, root));
		await terminal.until('its pods', screen => screen.includes('- node-a') && screen.includes('queue-0'));
		terminal.type(press(6, root));
		await terminal.until('the root alone', screen => !screen.includes('queue-0'));
		terminal.type('2o');
		await terminal.until('the columns', screen => screen.includes('Columns'));
		const selectedColumn = (): string =>
			terminal
				.lines()
				.find((_, row) => terminal.emulator.buffer.active.getLine(row)?.getCell(4)?.isInverse()) ?? '';
		const first = selectedColumn();
		terminal.type('\u001B[<65;20;10M');
		await terminal.until('another column', () => selectedColumn() !== first);
	});

	test('is left to the terminal on request, and given back at the end', async () => {
		const without = await openPods({}, ['pods', '--no-mouse']);
		expect(without.written()).not.toContain('?1000h');
		const terminal = await openPods();
		expect(terminal.written()).toContain('\u001B[?1000h');
		terminal.type('q');
		await terminal.exitCode;
		await expect
			.poll(() => terminal.written().lastIndexOf('?1000l') > terminal.written().lastIndexOf('?1000h'))
			.toBe(true);
	});
});

test('a tree is unfolded with the right arrow, and l shows logs of what has some', async () => {
	const terminal = await openPods({}, ['pods']);
	terminal.type('5');
	await terminal.until('the root', screen => screen.includes('▸ + node-a'));
	terminal.type('l');
	await terminal.until('its pods', screen => screen.includes('- node-a') && screen.includes('+ queue-0'));
	terminal.type(`j${RIGHT}`);
	await terminal.until('its containers', screen => /- \S+/.test(screen.replace('- node-a', '')));
});
