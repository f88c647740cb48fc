import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {startFailingStore} from '../e2e/failing-store.ts';
import {CLI, NODE, runKtop} from '../e2e/ktop.ts';
import {canFillDisk} from '../e2e/record-schedule.ts';
import {report} from '../reliability/report.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'ktop-disk-'));

type Recording = {readonly ktop: ChildProcess; readonly printed: () => string};

/** `ktop record`, each file of which takes 4 KiB: writes fail as where the disk is full. */
function recordOnFullDisk(sinks: readonly string[], interval = '500ms'): Recording {
	const record = [
		...[CLI, 'record', '--source', 'demo:nodes=3,pods=30', '--interval', interval],
		...sinks.flatMap(sink => ['--sink', sink]),
	];
	const ktop = spawn('bash', ['-c', `trap '' XFSZ; ulimit -S -f 4; exec "$@"`, 'bash', NODE, ...record], {
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	onTestFinished(() => void ktop.kill('SIGKILL'));
	let printed = '';
	ktop.stderr.on('data', chunk => {
		printed += chunk;
	});
	return {ktop, printed: () => printed};
}

const SAID =
	'a.ktop cannot be written: file too large; free space on the disk and record into a new file; this one is complete up to the last round';

describe('disks', () => {
	test('the disk takes no more of a recording', async ({task}) => {
		const path = join(newFolder(), 'a.ktop');
		const {ktop, printed} = recordOnFullDisk([`file:${path}`]);
		const [exitCode] = await once(ktop, 'exit');
		expect(printed()).toContain(SAID);
		expect(printed()).toContain('not all was recorded: a.ktop took no more');
		expect(printed()).not.toContain('defect');
		expect(exitCode).toBe(1);
		const {stdout, stderr} = await runKtop(['replay', path, '--json']);
		expect(JSON.parse(stdout).nodes).toHaveLength(3);
		expect(stderr).toContain('is cut off: replayed up to there');
		report(task, 'faults', '–', '–', `${SAID}; ends with 1, and what was recorded replays`);
	});

	test.skipIf(!canFillDisk)(
		'the disk is full for a while, of a recording and of the spool of a store',
		async ({task}) => {
			const folder = newFolder();
			const store = await startFailingStore('k8s', undefined);
			onTestFinished(store.close);
			const {ktop, printed} = recordOnFullDisk([
				`file:${join(folder, 'a.ktop')}`,
				`influxdb:${store.url}?db=k8s&spool=${folder}`,
			]);
			const spoolSaid = /cannot write to the spool [^:]*: file too large; (free space [^\n]*)/;
			await expect.poll(printed).toContain(SAID);
			await expect.poll(printed).toMatch(spoolSaid);
			execFileSync('prlimit', ['--pid', String(ktop.pid), '--fsize=unlimited:']);
			await expect.poll(async () => (await store.timesOf('uptime')).size).toBeGreaterThan(1);
			ktop.kill('SIGTERM');
			const [exitCode] = await once(ktop, 'exit');
			expect(exitCode).toBe(143);
			expect(printed()).toMatch(/\d+ points written, \d+ dropped\n$/);
			expect(printed()).not.toContain('defect');
			const [, hint] = spoolSaid.exec(printed()) ?? [];
			report(
				task,
				'faults',
				'–',
				'server-error',
				`cannot write to the spool FOLDER: file too large; ${hint}; points that it does not take are counted, and it goes on once there is room; the recording does not`,
			);
		},
	);

	test('the spool has no more room while the store is out', async ({task}) => {
		const store = await startFailingStore('k8s', undefined);
		onTestFinished(store.close);
		store.fail('error');
		let printed = '';
		const {exitCode} = await runKtop(
			[
				...['record', '--source', 'demo:nodes=1,pods=2', '--interval', '500ms'],
				...['--sink', `influxdb:${store.url}?db=k8s&spool=${newFolder()}&spoolsize=6KiB`],
				...['--listen', '127.0.0.1:0'],
			],
			{
				onStart(ktop) {
					ktop.stderr?.on('data', (text: string) => {
						printed += text;
					});
					void (async () => {
						await expect.poll(() => printed).toMatch(/on port \d+:/);
						const url = `http://127.0.0.1:${/on port (\d+):/.exec(printed)?.[1]}/metrics`;
						await expect
							.poll(async () => (await fetch(url)).text())
							.toMatch(/^ktop_record_dropped_total.* [1-9]\d*$/m);
						store.fail('up');
						await expect.poll(async () => (await store.timesOf('uptime')).size).toBeGreaterThan(1);
						ktop.kill('SIGTERM');
					})();
				},
			},
		);
		expect(exitCode).toBe(143);
		expect(printed).toMatch(/\d+ points written, \d+ dropped\n$/);
		report(task, 'faults', '–', '–', 'the oldest points are dropped and counted; the newest are written');
	});
});
