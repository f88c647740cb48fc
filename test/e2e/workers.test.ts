import {readdirSync, readFileSync} from 'node:fs';
import {expect, onTestFinished, test} from 'vitest';
import {openKtop, runKtop} from './ktop.ts';

/**
 * Threads that run JavaScript (Linux). Before Node 24 they have the process's name, and then one of their own; those that
 * Node and V8 start for themselves have others.
 */
function ownThreads(pid: number): number {
	const nameOf = (thread: string): string => readFileSync(`/proc/${pid}/task/${thread}/comm`, 'utf8').trim();
	const own = [nameOf(String(pid)), 'WorkerThread'];
	return readdirSync(`/proc/${pid}/task`).filter(thread => own.includes(nameOf(thread))).length;
}

test.runIf(process.platform === 'linux')(
	'the screen of many nodes reads them in threads of its own, and ends with them at once',
	async () => {
		const terminal = openKtop(['--source', 'demo:nodes=450,pods=450,seed=1'], {columns: 160, rows: 40});
		onTestFinished(terminal.close);
		await terminal.until('nodes with figures', screen => / ok \d+ms/.test(screen));
		await expect.poll(() => ownThreads(terminal.pid)).toBeGreaterThan(1);
		terminal.type('q');
		expect(await terminal.exitCode).toBe(0);
		expect(terminal.leftBehind()).toEqual([]);
	},
);

test.runIf(process.platform === 'linux')('the screen of few nodes starts no thread', async () => {
	const terminal = openKtop(['--source', 'demo:nodes=12,pods=24,seed=1'], {columns: 160, rows: 40});
	onTestFinished(terminal.close);
	await terminal.until('nodes with figures', screen => / ok \d+ms/.test(screen));
	expect(ownThreads(terminal.pid)).toBe(1);
});

test('one snapshot of many nodes reads all of them, and ends with its threads', async () => {
	const {stdout, stderr, exitCode} = await runKtop([
		'--json',
		'--request-timeout',
		'3s',
		'--source',
		'demo:nodes=450,pods=450,seed=1',
	]);
	expect(exitCode).toBe(0);
	const {cluster, nodes, errors} = JSON.parse(stdout);
	expect(nodes).toHaveLength(450);
	expect(cluster.nodesRead + errors.length).toBeGreaterThanOrEqual(450);
	expect(stderr).not.toContain('thread');
});
