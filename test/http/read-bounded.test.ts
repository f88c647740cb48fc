import {mkdtemp, rm, truncate, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {readBounded} from '../../source/http/read-bounded.ts';

const MIB = 2 ** 20;

async function fileOf(bytes: number): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'ktop-bounded-'));
	onTestFinished(() => rm(folder, {recursive: true}));
	const file = join(folder, 'file');
	await writeFile(file, 'text');
	await truncate(file, bytes);
	return file;
}

test.each([0, 4, 100_000, 4 * MIB])('a file of %i bytes is read whole', async bytes => {
	const read = await readBounded(await fileOf(bytes));
	expect([read.length, read.subarray(0, 4).toString()]).toEqual([bytes, bytes === 0 ? '' : 'text']);
});

test('a larger one is refused, and so is one without end', async () => {
	await expect(readBounded(await fileOf(4 * MIB + 1))).rejects.toMatchObject({code: 'EFBIG'});
	await expect(readBounded('/dev/zero')).rejects.toMatchObject({code: 'EFBIG'});
});

test('one that is not there is what the system says', async () => {
	await expect(readBounded('/nowhere/file')).rejects.toMatchObject({code: 'ENOENT'});
});
