import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {bearerTokenFromFile} from '../../source/http/bearer-token-file.ts';

let folder: string;
let file: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'ktop-token-'));
	file = join(folder, 'token');
});

afterEach(async () => {
	await rm(folder, {recursive: true});
});

test('the token of a file becomes a header, without the line’s end', async () => {
	await writeFile(file, 'abc.def\n');
	expect(await bearerTokenFromFile(file)()).toBe('Bearer abc.def');
});

test('a rotated token is used half a minute later', async () => {
	let nowMs = 0;
	const header = bearerTokenFromFile(file, () => nowMs);
	await writeFile(file, 'one');
	await header();
	await writeFile(file, 'two');
	nowMs = 29_999;
	expect(await header()).toBe('Bearer one');
	nowMs = 30_000;
	expect(await header()).toBe('Bearer two');
});

test('a rotated token is used at once after the clock was set back', async () => {
	let nowMs = 3_600_000;
	const header = bearerTokenFromFile(file, () => nowMs);
	await writeFile(file, 'one');
	await header();
	await writeFile(file, 'two');
	nowMs = 0;
	expect(await header()).toBe('Bearer two');
});

test('the token from before is kept while the file is missing', async () => {
	let nowMs = 0;
	const header = bearerTokenFromFile(file, () => nowMs);
	await writeFile(file, 'one');
	await header();
	await rm(file);
	nowMs = 60_000;
	expect(await header()).toBe('Bearer one');
});

test('a file that never was there is named, with the fix', async () => {
	await expect(bearerTokenFromFile(file)()).rejects.toMatchObject({
		code: 'usage',
		message: `cannot use the token file ${file}: no such file or directory`,
		hint: expect.stringContaining('--token-file'),
	});
});

test.each([
	['', 'it is empty'],
	['top secret', 'it must hold exactly one token'],
])('a file that holds “%s” is refused without showing it', async (text, cause) => {
	await writeFile(file, text);
	await expect(bearerTokenFromFile(file)()).rejects.toMatchObject({
		message: `cannot use the token file ${file}: ${cause}`,
	});
});
