import {statSync} from 'node:fs';
import {mkdir, mkdtemp, readdir, rename, rm, rmdir, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {openSpool, type Spool} from '../../../../source/history/influxdb/write/spool.ts';
import {lineBatch} from './line-batch.ts';

async function folder(): Promise<string> {
	const path = await mkdtemp(join(tmpdir(), 'ktop-spool-'));
	onTestFinished(() => rm(path, {recursive: true}));
	return path;
}

async function drain(spool: Spool): Promise<ReadonlyArray<readonly string[]>> {
	const all: Array<readonly string[]> = [];
	for (;;) {
		const batch = await spool.oldest();
		if (batch === undefined) {
			return all;
		}

		const lines = batch.body.toString('utf8').split('\n');
		expect(batch.lines).toBe(lines.length);
		all.push(lines);
		await spool.remove(batch);
	}
}

describe('a spool', () => {
	test('gives batches back in the order in which they came', async () => {
		const spool = await openSpool(await folder(), 1000);
		await spool.add(lineBatch(['a 1', 'b 2']));
		await spool.add(lineBatch(['c 3']));
		expect(await drain(spool)).toEqual([['a 1', 'b 2'], ['c 3']]);
	});

	test('keeps what was not removed over its own end', async () => {
		const path = await folder();
		const first = await openSpool(path, 1000);
		await first.add(lineBatch(['a 1']));
		await first.close();
		const again = await openSpool(path, 1000);
		await again.add(lineBatch(['b 2']));
		expect(await drain(again)).toEqual([['a 1'], ['b 2']]);
		expect(await readdir(path)).toEqual([]);
	});

	test('gives up the oldest within its bound, and says how much', async () => {
		const spool = await openSpool(await folder(), 10);
		for (const line of ['aaaa', 'bbbb', 'cccc', 'dddd']) {
			await spool.add(lineBatch([line]));
		}

		expect(spool.droppedLines()).toBe(2);
		expect(await drain(spool)).toEqual([['cccc'], ['dddd']]);
	});

	test('takes no file that was cut off for a batch', async () => {
		const path = await folder();
		await writeFile(join(path, '000000000001.lines.part'), 'a');
		expect(await drain(await openSpool(path, 1000))).toEqual([]);
		expect(await readdir(path)).toEqual([]);
	});

	test('is readable by its user alone', async () => {
		const path = join(await folder(), 'new');
		const spool = await openSpool(path, 1000);
		await spool.add(lineBatch(['a 1']));
		const [file = ''] = await readdir(path);
		expect([path, join(path, file)].map(one => statSync(one).mode & 0o777)).toEqual([0o700, 0o600]);
	});

	test('keeps a batch that cannot be read now', async () => {
		const path = await folder();
		const spool = await openSpool(path, 1000);
		await spool.add(lineBatch(['a 1']));
		const [file = ''] = await readdir(path);
		await rename(join(path, file), join(path, 'aside'));
		await mkdir(join(path, file));
		await expect(spool.oldest()).rejects.toMatchObject({brief: 'spool unreadable'});
		await rmdir(join(path, file));
		await rename(join(path, 'aside'), join(path, file));
		expect(await drain(spool)).toEqual([['a 1']]);
		expect(spool.droppedLines()).toBe(0);
	});

	test('belongs to one recorder at a time', async () => {
		const path = await folder();
		const spool = await openSpool(path, 1000);
		await expect(openSpool(path, 1000)).rejects.toMatchObject({code: 'usage', brief: 'spool in use'});
		await spool.close();
		await expect(openSpool(path, 1000)).resolves.toBeDefined();
	});

	test('of one folder is not in use because that of another is, however long the name of the temporary folder', async () => {
		vi.stubEnv('TMPDIR', join(tmpdir(), 'long'.repeat(30)));
		onTestFinished(() => void vi.unstubAllEnvs());
		await mkdir(tmpdir(), {recursive: true});
		const spools = [await openSpool(await folder(), 1000), await openSpool(await folder(), 1000)];
		for (const spool of spools) {
			await spool.close();
		}
	});

	test('says that a folder cannot be one', async () => {
		await expect(openSpool('/dev/null/spool', 1000)).rejects.toMatchObject({
			code: 'usage',
			message: expect.stringContaining('/dev/null/spool'),
		});
	});

	test('counts what its disk does not take, and says so', async () => {
		const path = await folder();
		const spool = await openSpool(path, 1000);
		await rm(path, {recursive: true});
		await expect(spool.add(lineBatch(['a 1', 'b 2']))).rejects.toMatchObject({brief: 'spool full'});
		expect(spool.droppedLines()).toBe(2);
		await mkdir(path);
		await spool.add(lineBatch(['c 3']));
		expect(await drain(spool)).toEqual([['c 3']]);
	});

	test('continues after a file that was deleted', async () => {
		const path = await folder();
		const spool = await openSpool(path, 1000);
		await spool.add(lineBatch(['a 1']));
		await spool.add(lineBatch(['b 2']));
		await rm(join(path, (await readdir(path)).sort()[0] ?? ''));
		expect(await drain(spool)).toEqual([['b 2']]);
		expect(spool.droppedLines()).toBe(1);
	});
});
