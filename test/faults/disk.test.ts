import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {CLI, NODE, runKtop} from '../e2e/ktop.ts';
import {report} from '../reliability/report.ts';

describe('disks', () => {
	test('the disk takes no more of a recording', async ({task}) => {
		const path = join(mkdtempSync(join(tmpdir(), 'ktop-disk-')), 'a.ktop');
		const record = [
			CLI,
			'record',
			'--source',
			'demo:nodes=3,pods=30',
			'--interval',
			'1s',
			'--sink',
			`file:${path}`,
		];
		// A limit of 4 KiB for files of this process stands for the end of the disk: writes fail just the same.
		const child = spawn('bash', ['-c', `trap '' XFSZ; ulimit -f 4; exec "$@"`, 'bash', NODE, ...record], {
			stdio: ['ignore', 'ignore', 'pipe'],
		});
		onTestFinished(() => void child.kill('SIGKILL'));
		let printed = '';
		child.stderr.on('data', chunk => {
			printed += chunk;
		});
		const said =
			'a.ktop cannot be written: EFBIG; free space on the disk and record into a new file; this one is complete up to the last round';
		await expect.poll(() => printed).toContain(said);
		await expect.poll(() => printed).toContain('round 1, 3 of 3 nodes read');
		child.kill('SIGTERM');
		await once(child, 'exit');
		expect(printed).not.toContain('defect');
		const {stdout, stderr} = await runKtop(['replay', path, '--json']);
		expect(JSON.parse(stdout).nodes).toHaveLength(3);
		expect(stderr).toContain('is cut off: replayed up to there');
		report(task, 'faults', '–', '–', `${said}; goes on reading, and says so`);
	});
});
