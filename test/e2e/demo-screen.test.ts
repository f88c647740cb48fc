import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {openKtop} from './ktop.ts';
import type {Terminal} from './terminal.ts';

const ESCAPE = '\u001B';

/** One ktop a size: tests go on where the one before ended, at the table of pods without a filter. */
describe.each([
	[80, 24],
	[200, 60],
])('the demo cluster at %dx%d', (columns, rows) => {
	let terminal: Terminal;
	let directory: string;

	beforeAll(async () => {
		directory = mkdtempSync(join(tmpdir(), 'ktop-demo-'));
		terminal = openKtop(['pods', '--source', 'demo:nodes=6,pods=120,seed=1', '--sort', '+name'], {
			columns,
			rows,
			workingFolder: directory,
		});
		await terminal.until('the pods', screen => /▸ .*Running.*\d+m /.test(screen));
	});
	afterAll(() => {
		terminal.close();
		rmSync(directory, {recursive: true});
	});

	/** Names of the rows on the screen. */
	const names = (): readonly string[] =>
		terminal
			.lines()
			.flatMap(
				line =>
					/^[▸ ] (?:batch|kube-system|logging|monitoring|payments|shop|web)\s+(\S+)/.exec(line)?.[1] ?? [],
			);
	const last = (screen: string): string => screen.split('\n').at(-1) ?? '';

	test('filters say or, take regular expressions, and keep a wrong one with the reason below it', async () => {
		terminal.type('/^ledger|^cache');
		await terminal.until('these alone', () => {
			const shown = names();
			return shown.length > 1 && shown.every(name => /^(?:ledger|cache)/.test(name));
		});
		terminal.type('(\r');
		await terminal.until('what is wrong', screen =>
			/^\/\^ledger\|\^cache\( *\n .*there is no \) for a \(/m.test(screen),
		);
		terminal.type(ESCAPE);
		await terminal.until('all pods', screen => last(screen).includes('? help') && names().length > 10);
	});

	test('commands are completed, narrow and sort, and a wrong one stays', async () => {
		terminal.type(':ns pay\t,sh\t\r');
		await terminal.until('two namespaces', screen => screen.includes('N all') && !/^. batch/m.test(screen));
		terminal.type(':sort mem\t\r');
		await terminal.until('by memory', screen => screen.includes('MEM▼'));
		terminal.type(':podz\r');
		await terminal.until('what was meant', screen =>
			/^:podz *\n no command podz: did you mean pod/m.test(screen),
		);
		terminal.type(`${ESCAPE}`);
		await terminal.until('the keys', screen => last(screen).includes('? help'));
		terminal.type(':ns all\r:sort name\r');
		await terminal.until('all of them', screen => screen.includes('N namespace') && screen.includes('POD▲'));
	});

	test('the foot names what one needs next, and a click on it does that', async () => {
		expect(last(terminal.text())).toMatch(/⏎ charts {2}\/ filter {2}m memory {2}N namespace/);
		const click = (part: string): void => {
			const column = last(terminal.text()).indexOf(part) + 1;
			terminal.type(`${ESCAPE}[<0;${column};${rows}M${ESCAPE}[<0;${column};${rows}m`);
		};
		click('m memory');
		await terminal.until('by memory', screen => screen.includes('MEM▼'));
		click('? help');
		await terminal.until('the help', screen => screen.includes('move up and down'));
		click('Esc close');
		await terminal.until('the pods', screen => /^▸/m.test(screen));
		terminal.type('Z');
		await terminal.until('what helps', screen =>
			last(screen).includes('Z is no key of ktop: ? lists all keys'),
		);
		terminal.type(':sort name\r');
		await terminal.until('by name', screen => screen.includes('POD▲'));
	});

	test('workloads are rows with their ready pods, and Enter goes to these pods', async () => {
		terminal.type('6/^ledger|^fluent\r');
		await terminal.until(
			'workloads',
			screen =>
				/payments +ledger-db +StatefulSet +\d+\/\d+ /.test(screen) &&
				/logging +fluent-bit +DaemonSet +\d+\/6 /.test(screen),
		);
		terminal.type(':filter name:ledger-db\r\r');
		await terminal.until('its pods alone', screen => {
			const shown = names();
			return (
				screen.includes('payments/ledger-db') &&
				shown.length > 1 &&
				shown.every(name => /^ledger-db-\d+$/.test(name))
			);
		});
		terminal.type('d');
		await terminal.until('its facts', screen => /Kind +StatefulSet/.test(screen));
		terminal.type(`d${ESCAPE}`);
		await terminal.until('workloads again', screen => screen.includes('6 Work'));
		terminal.type('2:sort name\r');
		await terminal.until('all pods', screen => screen.includes('POD▲') && names().length > 10);
	});

	test('! lists what is wrong, and Enter shows why a pod does not run instead of empty charts', async () => {
		terminal.type('!');
		await terminal.until(
			'problems',
			screen =>
				screen.includes('› problems') &&
				/critical +not ready +worker-/.test(screen) &&
				/critical +CrashLoopBackOff +payments\/reconci\S+ .*back-off 5m0s/.test(screen),
		);
		terminal.type('/reason:Crash\r\r');
		await terminal.until(
			'why',
			screen =>
				screen.includes('problems › payments/reconciler') &&
				/Container +reconciler: CrashLoopBackOff: back-off 5m0s/.test(screen) &&
				/CPU .*– .*MEM .*– .*NET .*–/.test(screen) &&
				!screen.includes('┤'),
		);
		terminal.type('!');
		await terminal.until('problems again', screen => screen.includes('LEVEL▲'));
		terminal.type(ESCAPE);
		await terminal.until('pods', screen => screen.includes('POD▲'));
	});

	test('nodes are measured on a map by the GPUs that their pods request', async () => {
		terminal.type('1v:sort gpu%requested\r');
		await terminal.until('their GPUs', screen => /GPU(?:%R| % REQUESTED).*: 0-9 tenths/.test(screen));
		terminal.type('V:sort cpu\r2');
		await terminal.until('pods', screen => screen.includes('POD▲'));
	});

	test('the map has a cell for each node and pod, in groups, and says in words what is selected', async () => {
		terminal.type('1v');
		await terminal.until('the nodes by zone', screen =>
			/by zone: 0-9 tenths[\s\S]*zone-a .*worker-01[\s\S]*zone-b .*worker-02[\s\S]*▸ worker-0\d {2}CPU% /.test(
				screen,
			),
		);
		terminal.type('mb');
		await terminal.until(
			'memory by pool',
			screen => /MEM.* by pool: /.test(screen) && /^batch /m.test(screen),
		);
		terminal.type('>:group none\r');
		await terminal.until('disks, not grouped', screen => /(?:FS%|FILESYSTEM %): 0-9 tenths/.test(screen));
		const right = `${ESCAPE}[C`;
		terminal.type(right);
		await terminal.until('the second cell', screen => /^▸ worker-02 /m.test(screen));
		terminal.type('\r');
		await terminal.until('the node', screen => screen.includes('nodes › worker-02 › containers'));
		terminal.type(ESCAPE);
		await terminal.until('the map again', screen => /^▸ worker-02 /m.test(screen));
		terminal.type('2/namespace=web\r');
		await terminal.until(
			'the pods of one namespace',
			screen => /^web /m.test(screen) && !/^shop /m.test(screen),
		);
		terminal.type(':filter\rv');
		await terminal.until('the wall of pods', screen =>
			/CPU of the last .*, all to [^,]+, z changes it {2}1-\d+ of \d+/.test(screen),
		);
		terminal.type('zv');
		await terminal.until(
			'eight pods in one chart',
			screen => /1 \S+ .* 5 \S+ /.test(screen) && screen.includes('┤'),
		);
		terminal.type('v:sort name\r');
		await terminal.until('the table of pods', screen => screen.includes('POD▲') && names().length > 10);
	});

	test('pods are grouped by a label into rows with sums that open and close, and Esc shows the table', async () => {
		terminal.type(':group label:app\r');
		await terminal.until('the groups', screen => /^▸ \+ /m.test(screen) && /\d+ groups/.test(screen));
		terminal.type(':sort cpu\r');
		await terminal.until('the busiest first', screen => screen.includes('CPU▼'));
		terminal.type('g\r');
		await terminal.until('the pods in it', screen => /^▸ - \S+ [\s\S]*^ {4}\+ \S+ /m.test(screen));
		terminal.type('\r');
		await terminal.until('the groups alone', screen => /^▸ \+ /m.test(screen) && !/^ {4}\+ /m.test(screen));
		terminal.type('b');
		await terminal.until('by the next text', screen => /pods grouped by (?!label)/.test(screen));
		terminal.type(ESCAPE);
		await terminal.until('the pods', screen => /NAMESPACE +POD/.test(screen));
		terminal.type(':sort name\r');
		await terminal.until('the table of pods', screen => screen.includes('POD▲') && names().length > 10);
	});

	test('S writes the table as it is shown', async () => {
		terminal.type(':filter namespace=shop\rS');
		await terminal.until('where', screen => /\d+ rows written to /.test(last(screen)));
		const [name = ''] = readdirSync(directory);
		const [heading, ...lines] = readFileSync(join(directory, name), 'utf8').trimEnd().split('\r\n');
		expect(heading).toMatch(/^namespace,name,.*cpu_cores,.*memory_bytes/);
		expect(lines.length).toBeGreaterThan(10);
		expect(lines.filter(line => !line.startsWith('shop,'))).toEqual([]);
		expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
		terminal.type(':filter\r');
		await terminal.until('all pods', screen => !screen.includes('filter “'));
	});

	test('E lists events, and Enter opens the node, pod or container that one is about', async () => {
		terminal.type('E');
		await terminal.until('an event of a node', screen => /^[> ] ! .* file system +worker-06/m.test(screen));
		const place = terminal
			.lines()
			.filter(line => /^[> ] ! /.test(line))
			.findIndex(line => line.includes('file system'));
		terminal.type('j'.repeat(place));
		await terminal.until('it selected', screen => /^> ! .* file system +worker-06/m.test(screen));
		terminal.type('\r');
		await terminal.until('its node', screen => screen.includes('pods › worker-06 › containers'));
		terminal.type(ESCAPE);
		await terminal.until('pods', screen => screen.includes('POD▲'));
	});
});
