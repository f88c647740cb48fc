import {type ChildProcess, spawn} from 'node:child_process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {openKtop, runKtop} from './ktop.ts';

const SECRET = 'open-sesame-4711';

describe('processes of this machine', () => {
	let child: ChildProcess;

	beforeAll(() => {
		child = spawn(
			process.execPath,
			['-e', 'setInterval(() => {}, 1000)', '--', `--password=${SECRET}\u001B[2J`],
			{
				stdio: 'ignore',
			},
		);
	});
	afterAll(() => {
		child.kill('SIGKILL');
	});

	test.each([
		[80, 24],
		[200, 60],
	])(
		'are a table with their arguments at %dx%d, and nothing in them acts on the terminal',
		async (columns, rows) => {
			const terminal = openKtop(['--source', 'local', '--interval', '1s'], {columns, rows});
			try {
				await terminal.until('this machine', screen => screen.includes('this machine'));
				terminal.type('a');
				await terminal.until('processes', screen => /› processes/.test(screen) && /PID +USER/.test(screen));
				terminal.type(`/pid=${child.pid}\r`);
				await terminal.until(
					'one',
					screen => screen.includes(String(child.pid)) && /node|MainThread/.test(screen),
				);
				await terminal.until(
					'its arguments',
					screen => screen.includes(`--password=${SECRET}\uFFFD[2J`) && screen.includes('── process'),
				);
				terminal.type('a');
				await terminal.until('the nodes', screen => screen.includes('1 Nodes'));
			} finally {
				terminal.close();
			}
		},
	);

	test('are printed by name, and never their arguments', async () => {
		const {stdout} = await runKtop(['processes', '--json', '--source', 'local']);
		const {processes} = JSON.parse(stdout);
		expect(processes).toContainEqual(
			expect.objectContaining({pid: child.pid, parentPid: process.pid, state: expect.any(String)}),
		);
		expect(stdout).not.toContain(SECRET);
		const csv = await runKtop([
			'processes',
			'-o',
			'csv',
			'--source',
			'local',
			'--filter',
			`pid=${child.pid}`,
		]);
		expect(csv.stdout.split('\r\n')[1]).toMatch(new RegExp(`^${child.pid},${process.pid},`));
		expect(csv.stdout).not.toContain(SECRET);
	});

	test('of the demo are in its containers', async () => {
		const {stdout} = await runKtop(['processes', '--json', '--source', 'demo:nodes=1,pods=8,seed=1']);
		const {processes} = JSON.parse(stdout);
		expect(processes).toContainEqual(
			expect.objectContaining({
				pod: expect.stringContaining('ingress-nginx'),
				container: 'controller',
			}),
		);
	});

	test('are in no other output', async () => {
		const {stdout} = await runKtop(['--json', '--source', 'local']);
		expect(JSON.parse(stdout).processes).toBeUndefined();
	});
});
