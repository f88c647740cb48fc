import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {sequenceOf} from './key-sequences.ts';
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

	test('nodes are grouped by zone, and + and - fold the rows that show these signs', async () => {
		terminal.type('1:group zone\r');
		await terminal.until('the zones', screen => /^▸ \+ zone-/m.test(screen) && /3 groups/.test(screen));
		terminal.type('g+');
		await terminal.until(
			'its nodes',
			screen => /^▸ - zone-/m.test(screen) && /^ {4}\+ worker-/m.test(screen),
		);
		terminal.type('-');
		await terminal.until('zones alone', screen => /^▸ \+ zone-/m.test(screen) && !screen.includes('- zone-'));
		expect(last(terminal.text())).toContain('+ - fold');
		terminal.type(ESCAPE);
		await terminal.until('nodes', screen => /^ {2}NODE +STATUS/m.test(screen));
		terminal.type('2:sort name\r');
		await terminal.until('the table of pods', screen => screen.includes('POD▲') && names().length > 10);
	});

	test('u shows statistics of the window, which sort rows and groups, and which charts have too', async () => {
		terminal.type('u');
		await terminal.until('p95', screen => /CPUP95 +CPU95R|CPUMIN +CPUMEAN +CPUP95 +CPUMAX/.test(screen));
		terminal.type(':sort cpu-excess\r');
		await terminal.until(
			'what is never used',
			screen => /CPUXS▼/.test(screen) && /^▸ .* \d+m /m.test(screen),
		);
		terminal.type('u');
		await terminal.until(
			'it beside the history',
			screen => screen.includes('CPUXS▼') && !screen.includes('CPUP95'),
		);
		terminal.type('u:group namespace\r:sort memory-p95\r');
		await terminal.until('groups', screen => /MEMP95▼/.test(screen) && /^▸ \+ \w+ .* \d/m.test(screen));
		terminal.type(`u${ESCAPE}`);
		await terminal.until('the pods', screen => /NAMESPACE +POD/.test(screen));
		terminal.type('4:sort cpu\r\r');
		await terminal.until('a namespace', screen => /namespaces › \w+ › pods/.test(screen));
		terminal.type(ESCAPE);
		await terminal.until('namespaces', screen => /NAMESPACE +PODS/.test(screen));
		terminal.type('2:sort name\r');
		await terminal.until('the table of pods', screen => screen.includes('POD▲') && names().length > 10);
	});

	test('what the table is sorted by is on the screen, and the keys of htop put the largest first', async () => {
		terminal.type(':sort volumes%\r');
		await terminal.until('a spare column', screen => /VOL%▼/.test(screen));
		terminal.type(':sort +memory\r');
		await terminal.until('the smallest first', screen => screen.includes('MEM▲'));
		terminal.type('M');
		await terminal.until('the largest first', screen => screen.includes('MEM▼'));
		terminal.type(':sort mem\r');
		await terminal.until('what was meant', screen => screen.includes('no column mem: did you mean memory?'));
		terminal.type(`${ESCAPE}`);
		await terminal.until('the keys', screen => last(screen).includes('? help'));
		terminal.type(':sort name\r');
		await terminal.until('by name', screen => screen.includes('POD▲'));
	});

	test('figures have units, headings are spelled out, READY and RST have room, and a pause says so', async () => {
		expect(terminal.text()).toMatch(/READY +STATUS +RST/);
		await terminal.until('bytes a second', screen => /NET .*\d[kMG]?B\/s/.test(screen));
		expect(terminal.text()).toMatch(/\d+[smh] ?\/max|each to its own/);
		terminal.type('w');
		await terminal.until(
			'full words',
			screen => /MEMORY/.test(screen) && !/\/max|each to its own/.test(screen),
		);
		terminal.type('w ');
		await terminal.until('a pause', screen => /‖ paused \d+s ago/.test(screen));
		terminal.type(' ');
		await terminal.until('live', screen => screen.includes('● live'));
		terminal.type('?\u001B[F');
		await terminal.until('headings in full words', screen =>
			/CPU95R? .*|MAXMEM +highest memory/.test(screen),
		);
		terminal.type(ESCAPE);
		await terminal.until('the pods', screen => screen.includes('POD▲'));
	});

	test('F1 to F9 do what they do in htop, or say why not', async () => {
		terminal.type(sequenceOf('f1'));
		await terminal.until('help', screen => screen.includes('move up and down'));
		terminal.type(sequenceOf('f1'));
		await terminal.until('the pods', screen => screen.includes('POD▲'));
		terminal.type(sequenceOf('f2'));
		await terminal.until('columns', screen => /^ {2}Columns/m.test(screen));
		terminal.type('\r');
		await terminal.until('the pods', screen => screen.includes('POD▲'));
		terminal.type(sequenceOf('f3'));
		await terminal.until('a filter', screen => screen.includes('Enter applies'));
		terminal.type('\r');
		await terminal.until('the keys', screen => last(screen).includes('? help'));
		terminal.type(`${sequenceOf('f6')}cpu\r`);
		await terminal.until('by CPU', screen => screen.includes('CPU▼'));
		terminal.type(`:sort name\r${sequenceOf('f9')}`);
		await terminal.until('why not', screen => last(screen).includes('ktop only reads and cannot kill'));
		terminal.type(`${sequenceOf('f5')}`);
		await terminal.until('the tree', screen => /^▸ \+ /m.test(screen));
		terminal.type('2');
		await terminal.until('the pods', screen => screen.includes('POD▲'));
	});

	test('a click selects in the list of events and opens what is selected, and chooses columns', async () => {
		const click = (part: RegExp): string => {
			const line = terminal.lines().findIndex(text => part.test(text)) + 1;
			return line === 0 ? '' : `${ESCAPE}[<0;20;${line}M${ESCAPE}[<0;20;${line}m`;
		};
		terminal.type('E');
		await terminal.until('events', screen => /^[> ] ! .* file system +worker-06/m.test(screen));
		// The first click selects, the next opens; a new event above moves the line in between.
		await terminal.typeUntil(
			() => click(/^[> ] ! .* file system +worker-06/),
			'its node',
			screen => screen.includes('pods › worker-06 › containers'),
		);
		terminal.type(ESCAPE);
		await terminal.until('pods', screen => screen.includes('POD▲'));
		terminal.type('o');
		await terminal.until('columns', screen => /■ READY/.test(screen));
		terminal.type(click(/■ READY/).repeat(2));
		await terminal.until('one hidden', screen => /□ READY/.test(screen));
		terminal.type('r\r');
		await terminal.until('pods as before', screen => screen.includes('POD▲') && screen.includes('READY'));
	});

	test('facts are those of kubectl describe, and processes those of the pod', async () => {
		let seen = '';
		terminal.type('/name:ledger-db\r\rd');
		await terminal.until('its facts', screen => /Status +Running/.test(screen));
		// On a low screen they have pages.
		await terminal.typeUntil('J', 'its image, labels and events', screen => {
			seen += screen;
			return [/Image +postgres: /, /Labels +app=ledger-db/, /ago +Started: /].every(part => part.test(seen));
		});
		terminal.type(`d${ESCAPE}`);
		await terminal.until('the pods', screen => screen.includes('POD▲'));
		terminal.type('a');
		await terminal.until('its processes', screen => /› processes/.test(screen) && /postgres/.test(screen));
		terminal.type(ESCAPE);
		await terminal.until('the pods', screen => screen.includes('POD▲'));
		terminal.type(ESCAPE);
		await terminal.until('all pods', screen => !screen.includes('filter “'));
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
		// New events come in above: the keys are those of the list as it is then.
		await terminal.typeUntil(
			() => {
				const events = terminal.lines().filter(line => /^[> ] ! /.test(line));
				const steps =
					events.findIndex(line => line.includes('file system')) -
					events.findIndex(line => line.startsWith('>'));
				return (steps < 0 ? 'k' : 'j').repeat(Math.abs(steps));
			},
			'it selected',
			screen => /^> ! .* file system +worker-06/m.test(screen),
		);
		terminal.type('\r');
		await terminal.until('its node', screen => screen.includes('pods › worker-06 › containers'));
		terminal.type(ESCAPE);
		await terminal.until('pods', screen => screen.includes('POD▲'));
	});
});

test.each([
	[80, 24],
	[200, 60],
])('a map without colours says by digits what colours say, at %dx%d', async (columns, rows) => {
	const terminal = openKtop(['--source', 'demo:nodes=300,pods=900,seed=1'], {
		columns,
		rows,
		environment: {NO_COLOR: '1'},
	});
	onTestFinished(terminal.close);
	await terminal.until('nodes', screen => /ok \d+ms/.test(screen));
	terminal.type('v');
	await terminal.until('digits', screen => {
		const cells = screen
			.split('\n')
			.filter(line => /^(?:zone-[abc]| *\d+ nodes) +[0-9?!] (?:[0-9?!] |worker-)/.test(line));
		return cells.length >= 4 && /0-9 tenths, \? unknown, ! not ready/.test(screen);
	});
	// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences begin with ESC
	const colour = /\u001B\[(?:\d+;)*(?:3[0-8]|4[0-8]|9\d|10[0-7])(?:;\d+)*m/;
	expect(terminal.written()).not.toMatch(colour);
});
