import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {expect, test} from 'vitest';
import {systemErrorCode, systemErrorWords} from '../../../source/metrics/model/system-error.ts';

async function errorOf(failing: Promise<unknown>): Promise<unknown> {
	return failing.then(
		() => 'no error',
		(error: unknown) => error,
	);
}

test('the words of a file that is not there are those of the system, without its path', async () => {
	const error = await errorOf(readFile('/nowhere/a: b, c'));
	expect([systemErrorCode(error), systemErrorWords(error)]).toEqual(['ENOENT', 'no such file or directory']);
});

test('a directory in place of a file is called one', async () => {
	expect(systemErrorWords(await errorOf(readFile('/')))).toBe('it is a directory');
});

test('the words of a port that is in use have no address', async () => {
	const first = createServer().listen(0, '127.0.0.1');
	await once(first, 'listening');
	const address = first.address();
	const second = createServer().listen(address);
	const [error] = await once(second, 'error');
	first.close();
	expect(systemErrorWords(error)).toBe('address already in use');
});

test('an error that says nothing but its code is said by that', async () => {
	const [error] = await once(spawn('/nowhere/plugin'), 'error').catch((error: unknown) => [error]);
	expect(systemErrorWords(error)).toBe('ENOENT');
});

test.each([new Error('secret'), 'secret', undefined, null])(
	'what is no error of the system is not quoted',
	error => {
		expect(systemErrorWords(error)).toBe('unknown error');
	},
);
