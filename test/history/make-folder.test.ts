import {existsSync, statSync} from 'node:fs';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {makeFolder} from '../../source/history/make-folder.ts';

async function folder(): Promise<string> {
	const path = await mkdtemp(join(tmpdir(), 'ktop-make-'));
	onTestFinished(() => rm(path, {recursive: true}));
	return path;
}

test('a folder is made with those that it is in, for its user alone', async () => {
	const path = join(await folder(), 'a', 'b', 'c');
	await makeFolder(path);
	expect(statSync(path).mode & 0o777).toBe(0o700);
});

test('a folder that is there stays as it is', async () => {
	const path = join(await folder(), 'a');
	await mkdir(path, {mode: 0o755});
	await makeFolder(path);
	expect(statSync(path).mode & 0o777).toBe(0o755);
});

test('two may make the same folder at the same time', async () => {
	const path = join(await folder(), 'a', 'b', 'c');
	await Promise.all([makeFolder(path), makeFolder(path), makeFolder(path)]);
	expect(existsSync(path)).toBe(true);
});

test('many may make folders beside each other in one that is not there, in whatever order', async () => {
	for (let round = 0; round < 200; round++) {
		const path = join(await folder(), 'a', 'b');
		const paths = ['c', 'd', 'e', 'f'].map(name => join(path, name));
		await Promise.all(paths.map(makeFolder));
		expect(paths.map(existsSync)).toEqual([true, true, true, true]);
	}
});

test('a file in its place, or on the way to it, is an error', async () => {
	const file = join(await folder(), 'file');
	await writeFile(file, '');
	await expect(makeFolder(file)).rejects.toMatchObject({code: 'EEXIST'});
	await expect(makeFolder(join(file, 'a'))).rejects.toMatchObject({code: 'ENOTDIR'});
});

// Node's own `mkdir` with `recursive` does not end there.
test.skipIf(!existsSync('/proc/self'))(
	'a file system in which nothing can be made is an error at once',
	async () => {
		await expect(makeFolder('/proc/none/a')).rejects.toMatchObject({code: 'ENOENT'});
	},
);
