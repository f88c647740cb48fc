import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import stringWidth from 'string-width';
import {beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {startServer, tlsOf} from '../http/test-server.ts';
import {report} from '../reliability/report.ts';
import {type HostileCluster, startHostileCluster} from './hostile-cluster.ts';
import {startHostileInfluxdb, startHostilePrometheus, startHostileRefusal} from './hostile-stores.ts';
import {ALL_HOSTILE, HOSTILE_TEXTS} from './hostile-text.ts';
import {openKtop, type Printed, runKtop} from './ktop.ts';
import {foreignIn, unsafeIn} from './own-sequences.ts';
import type {Terminal} from './terminal.ts';

/** What was pressed, what shows that it was done, and the heading at whose end the figures of each row have to end. */
type Step = readonly [what: string, keys: string, shows: RegExp, heading?: string];

const MEMORY = ' MEM ';

/** Through all pages and overlays, each from the one before. */
const WALK: readonly Step[] = [
	['nodes', '1', /NODE +STATUS/, MEMORY],
	['the explanation of a node', 'e', /Unknown \(–\)/],
	['nodes again', 'e', /NODE +STATUS/],
	['pods', '2', /NAMESPACE +POD/, MEMORY],
	['the explanation of a pod', 'e', /Unknown \(–\)/],
	['pods again', 'e', /NAMESPACE +POD/],
	['containers', '3', /POD +CONTAINER/, MEMORY],
	['namespaces', '4', /PODS +CONT/, MEMORY],
	['the tree of nodes', '5', /▸ \+/, MEMORY],
	['the open tree', 'l', /▸ -|▸ {3,}/, MEMORY],
	['the tree of namespaces', '5', /sort/, MEMORY],
	['the cluster', '0', /cluster › nodes/],
	// Where the node that uses the most has the longest name, its path is cut.
	['the node', '1\r', /› containers|nodes › .*…/, MEMORY],
	['the container', '\r', /└/],
	['facts', 'd', /Image|Status/],
	['charts again', 'd', /└/],
	['events', '1E', /SINCE|No events/],
	['pods', 'E2', /NAMESPACE +POD/],
	['the chooser of columns', 'o', /Columns/],
	['pods again', 'o', /NAMESPACE +POD/],
	['one namespace', 'N', /namespace /, MEMORY],
	['all namespaces, and a mark', 'Nx', /^\* /m, MEMORY],
	['completions of a filter', '/node:', /Tab: /],
	['a filter that was pasted', `\u0015\u001B[200~${ALL_HOSTILE}\u001B[201~`, /BLINK/],
	['no row, and advice', '\r', /filter “/],
	['the message of a copied name', '/\u0015\r2y', /copied /],
	['the message that there is no kubectl', 'l', /kubectl (?:is not|cannot)/],
];

/** What each cell of a line holds; the second cell of a wide character is empty. */
function cellsOf(terminal: Terminal, row: number): readonly string[] {
	const {active} = terminal.emulator.buffer;
	const line = active.getLine(active.viewportY + row);
	return Array.from({length: terminal.emulator.cols}, (_, cell) => line?.getCell(cell)?.getChars() ?? '');
}

/** The rows of a table whose figure does not end where the heading of its column does. */
function unaligned(terminal: Terminal, heading: string): readonly string[] {
	const all = terminal.lines();
	const preview = all.findIndex(line => line.startsWith('── '));
	const lines = preview === -1 ? all : all.slice(0, preview);
	const top = lines.findLastIndex(line => line.includes(heading) && line.includes('CPU'));
	const end = (lines[top] ?? '').indexOf(heading) + heading.trimEnd().length - 1;
	const blank = lines.findIndex((line, row) => row > top && line.trim() === '');
	const below = blank === -1 ? lines.length - 1 : blank;
	expect(below, terminal.text()).toBeGreaterThan(top + 1);
	return lines.slice(top + 1, below).filter((_line, index) => {
		const cells = cellsOf(terminal, top + 1 + index);
		return !/^[\w%–]$/.test(cells[end] ?? '') || !/^ ?$/.test(cells[end + 1] ?? '');
	});
}

function open(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
	const terminal = openKtop(args, {columns: 160, rows: 40, environment});
	onTestFinished(terminal.close);
	const harm: string[] = [];
	terminal.emulator.onTitleChange(title => harm.push(`title ${title}`));
	terminal.emulator.onBell(() => harm.push('bell'));
	return {
		terminal,
		/** Nothing foreign was written, no line is broken, nothing rang or renamed the window. */
		expectUnharmed(where: string): void {
			expect(foreignIn(terminal.written()), where).toBeUndefined();
			expect(
				terminal.lines().flatMap(line => unsafeIn(line) ?? []),
				where,
			).toEqual([]);
			expect(terminal.wrappedLines(), where).toEqual([]);
			expect(terminal.isAlternateScreen(), where).toBe(true);
			expect(harm, where).toEqual([]);
		},
	};
}

function expectSafe({stdout, stderr}: Printed, where = ''): void {
	expect(unsafeIn(stdout.replace(/\r?\n/g, '')), where).toBeUndefined();
	expect(unsafeIn(stderr.replace(/\n/g, '')), where).toBeUndefined();
}

describe('text of a hostile cluster', () => {
	let cluster: HostileCluster;
	let flags: readonly string[];
	/** Of a cluster that is read at once. */
	let quick: HostileCluster;
	let quickFlags: readonly string[];
	const printed = new Map<string, Promise<Printed>>();
	/** Each output is printed once, for all tests of it. */
	const print = (args: string): Promise<Printed> => {
		const running = printed.get(args) ?? runKtop([...args.split(' '), ...quickFlags]);
		printed.set(args, running);
		return running;
	};

	beforeAll(async () => {
		cluster = await startHostileCluster();
		quick = await startHostileCluster({isQuick: true});
		[flags = [], quickFlags = []] = [cluster, quick].map(({kubeconfig}) => [
			'--kubeconfig',
			kubeconfig,
			'--kubelet-insecure-tls',
		]);
		return async () => {
			await cluster.close();
			await quick.close();
		};
	});

	test('on every page and in every overlay of the screen', async ({task}) => {
		const {terminal, expectUnharmed} = open(flags, {PATH: '/nowhere'});
		await terminal.until('nodes', screen => /ok \d+ms/.test(screen));
		for (const [what, keys, shows, heading] of WALK) {
			terminal.type(keys);
			await terminal.until(what, screen => shows.test(screen));
			expectUnharmed(what);
			if (heading !== undefined) {
				expect(unaligned(terminal, heading), what).toEqual([]);
			}
		}

		report(
			task,
			'text',
			HOSTILE_TEXTS.length,
			`${WALK.length} pages and overlays`,
			'only ktop’s own sequences are written; lines keep their width, columns their place, the window its title',
		);
	});

	test('in the sentences for screen readers', async ({task}) => {
		const {terminal} = open([...flags, '--screen-reader', 'pods']);
		await terminal.until('sentences', screen => /BLINK/.test(screen));
		for (const keys of ['j', 'e']) {
			const before = terminal.written();
			terminal.type(keys);
			await expect.poll(() => terminal.written().length).toBeGreaterThan(before.length);
		}

		expect(foreignIn(terminal.written())).toBeUndefined();
		report(task, 'text', HOSTILE_TEXTS.length, '2 pages', 'printable text and ktop’s own sequences');
	});

	test('printed in every format', async ({task}) => {
		const formats = [
			'--json',
			...['nodes', 'pods', 'containers', 'namespaces'].map(level => `${level} -o table`),
			'pods -o csv',
			'doctor',
			'doctor -o json',
		];
		await Promise.all(
			formats.map(async args => {
				const output = await print(args);
				expect(output.stdout.length, args).toBeGreaterThan(200);
				expectSafe(output, args);
			}),
		);
		report(
			task,
			'text',
			HOSTILE_TEXTS.length,
			`${formats.length} formats, and stderr`,
			'printable text alone',
		);
	});

	test('is in JSON as it is, and named so by its escapes', async ({task}) => {
		const {stdout} = await print('--json');
		const {nodes, pods} = JSON.parse(stdout);
		expect(nodes.map(({name}: {name: string}) => name).sort()).toEqual([...quick.nodeNames].sort());
		expect(pods.some(({status}: {status: string}) => status.includes('\u001B]0;TITLE\u0007'))).toBe(true);
		expect(unsafeIn(stdout.trimEnd())).toBeUndefined();
		report(
			task,
			'text',
			HOSTILE_TEXTS.length,
			'`--json`',
			'a parser reads each text as the cluster has it; a terminal sees escapes',
		);
	});

	test('keeps the columns of a table in their place', async ({task}) => {
		const {stdout} = await print('nodes -o table');
		const [heading = '', ...rows] = stdout.trimEnd().split('\n');
		expect(rows).toHaveLength(HOSTILE_TEXTS.length);
		const column = heading.indexOf('CPU(cores)');
		expect(
			rows
				// Of the width of spacing marks programs think differently.
				.filter(row => !/\p{Mc}/u.test(row))
				.filter(row => stringWidth(row.slice(0, row.search(/\S+ +\S+ +\S+ +\S+ *$/))) !== column),
		).toEqual([]);
		report(task, 'text', HOSTILE_TEXTS.length, '`-o table`', 'columns begin at the same cell in each row');
	});

	test('begins no formula in CSV, and no row', async ({task}) => {
		const {stdout} = await print('pods -o csv');
		const rows = stdout.trimEnd().split('\r\n').slice(1);
		const cells = rows.flatMap(row => [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)]);
		const texts = cells.map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain);
		expect(rows.length).toBeGreaterThan(80);
		expect(texts.length % rows.length).toBe(0);
		expect(texts.filter(text => /^[=+@-]/.test(text))).toEqual([]);
		expect(texts.filter(text => /^'[=+@-]/.test(text)).length).toBeGreaterThan(0);
		report(
			task,
			'text',
			HOSTILE_TEXTS.length,
			'`-o csv`',
			'a text that a spreadsheet takes for a formula begins with an apostrophe',
		);
	});

	test('recorded, and shown or printed again', async ({task}) => {
		const folder = mkdtempSync(join(tmpdir(), 'ktop-hostile-'));
		onTestFinished(() => rmSync(folder, {recursive: true}));
		const file = join(folder, 'a.ktop');
		expectSafe(
			await runKtop(['record', '--sink', `file:${file}`, '--interval', '1s', '--count', '2', ...quickFlags]),
		);
		expectSafe(await runKtop(['replay', file, 'pods', '-o', 'table']));

		const {terminal, expectUnharmed} = open(['replay', file, 'pods']);
		await terminal.until('the recording', screen => /BLINK/.test(screen) && screen.includes('replay of'));
		expectUnharmed('replay');
		report(
			task,
			'text',
			HOSTILE_TEXTS.length,
			'`record` and `replay`',
			'printable text and ktop’s own sequences',
		);
	});

	test('in suggestions for names that do not exist', async ({task}) => {
		for (const args of [
			['-n', 'kube-systm'],
			['--node', 'worker-0'],
			['--context', 'context'],
		]) {
			const printed = await runKtop(['pods', '-o', 'table', ...args, ...quickFlags]);
			expect(printed.stderr).not.toBe('');
			expectSafe(printed);
		}

		report(task, 'text', HOSTILE_TEXTS.length, '`-n`, `--node`, `--context`', 'one printable line each');
	});
});

describe('errors of a hostile server', () => {
	test('that refuses to list anything', async ({task}) => {
		const cluster = await startHostileCluster({refused: /^\/api/});
		onTestFinished(cluster.close);
		const flags = ['--kubeconfig', cluster.kubeconfig];
		for (const args of [['--json'], ['-o', 'table'], ['doctor'], ['doctor', '-o', 'json']]) {
			const printed = await runKtop([...args, ...flags]);
			expect(printed.stdout + printed.stderr).toContain('BLINK');
			expectSafe(printed);
		}

		const {terminal} = open(flags);
		await terminal.exitCode;
		expect(foreignIn(terminal.written())).toBeUndefined();
		report(
			task,
			'text',
			HOSTILE_TEXTS.length,
			'the API server’s 403',
			'one printable line, with the server’s words',
		);
	});

	test('that is a kubelet', async ({task}) => {
		const cluster = await startHostileCluster();
		onTestFinished(cluster.close);
		const {terminal, expectUnharmed} = open([
			'--kubeconfig',
			cluster.kubeconfig,
			'--kubelet-insecure-tls',
			'--via',
			'direct',
		]);
		await terminal.until('its 500', screen => /error 500/.test(screen) && /403 needs/.test(screen));
		expectUnharmed('the page of nodes');
		terminal.type('/state:error\re');
		await terminal.until('its explanation', screen => /answered .* with|error 500/.test(screen));
		expectUnharmed('the explanation');
		report(
			task,
			'text',
			HOSTILE_TEXTS.length,
			'kubelets’ 403, 404 and 500',
			'a printable cell and line, with the kubelet’s words',
		);
	});

	test('that shows a certificate of hostile names', async ({task}) => {
		const server = await startServer((_request, response) => void response.end(), tlsOf('server-hostile'));
		onTestFinished(server.close);
		const authority = join(import.meta.dirname, '../fixtures/tls/server-hostile.crt');
		const printed = await runKtop([
			'--json',
			'--source',
			`kubelet:${server.origin}`,
			'--kubelet-ca',
			authority,
		]);
		expect(printed.stderr).toMatch(/is not for 127\.0\.0\.1 but for .*evil/);
		expectSafe(printed);
		report(task, 'text', 2, 'names of a certificate', 'the names, escaped');
	});

	test.for([
		['an InfluxDB', 'influxdb', startHostileInfluxdb],
		['a Prometheus', 'prometheus', startHostilePrometheus],
	] as const)('that is %s with hostile names', async ([, kind, start], {task}) => {
		const server = await start();
		onTestFinished(server.close);
		const flags = [
			'--source',
			'kubelet:http://127.0.0.1:1',
			'--history',
			`${kind}:${server.origin}${kind === 'influxdb' ? '?db=k8s' : ''}`,
		];
		const printed = await runKtop(['containers', '-o', 'table', ...flags]);
		expect(printed.stdout).toContain('BLINK');
		expectSafe(printed);
		const {terminal, expectUnharmed} = open([...flags, 'pods']);
		await terminal.until('what the store has', screen => /BLINK/.test(screen));
		expectUnharmed(kind);
		report(task, 'text', 1, 'a table and the screen', 'printable text and ktop’s own sequences');
	});

	test.for([
		['an InfluxDB', 'influxdb'],
		['a Prometheus', 'prometheus'],
	] as const)('that is %s and fails', async ([, kind], {task}) => {
		const server = await startHostileRefusal();
		onTestFinished(server.close);
		const store = `${kind}:${server.origin}${kind === 'influxdb' ? '?db=k8s' : ''}`;
		const flags = ['--source', 'local', '--history', store];
		const doctor = await runKtop(['doctor', ...flags]);
		expect(doctor.stdout).toMatch(/FAILED +history/);
		expectSafe(doctor);
		const {terminal, expectUnharmed} = open(flags);
		await terminal.until('its failure', screen => /500 history|history \S*(?:error|server)/.test(screen));
		terminal.type('e');
		await terminal.until('its explanation', screen => /Unknown/.test(screen));
		expectUnharmed(kind);
		report(
			task,
			'text',
			HOSTILE_TEXTS.length,
			'doctor and the screen',
			'a printable line, with the store’s words',
		);
	});
});
