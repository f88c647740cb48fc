import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect, test, vi} from 'vitest';
import {readStoreAccess} from '../../source/connect/open-history.ts';
import {authorizationHeader} from '../../source/history/store/store-login.ts';
import {wallClock} from '../faults/clock.ts';

afterEach(() => {
	vi.restoreAllMocks();
});

test.for([
	['token', (file: string) => ({kind: 'token-file', file}) as const, 'Bearer old', 'Bearer newer'],
	[
		'password',
		(file: string) => ({kind: 'password-file', user: 'me', file}) as const,
		`Basic ${btoa('me:old')}`,
		`Basic ${btoa('me:newer')}`,
	],
] as const)('the %s of a store is read again when its file is replaced', async ([, loginOf, old, newer]) => {
	const clock = wallClock();
	const file = join(mkdtempSync(join(tmpdir(), 'ktop-store-')), 'secret');
	writeFileSync(file, 'old\n');
	const {login} = await readStoreAccess('--history', {
		login: loginOf(file),
		authorityFile: undefined,
		isInsecure: false,
	});
	const header = async () => {
		clock.set(2000);
		return login && authorizationHeader(login, 'Bearer');
	};
	expect(await header()).toBe(old);
	writeFileSync(file, '');
	expect(await header()).toBe(old);
	writeFileSync(file, 'newer\nhalf of');
	expect(await header()).toBe(old);
	writeFileSync(file, 'newer\n');
	expect(await header()).toBe(newer);
	rmSync(file);
	expect(await header()).toBe(newer);
});

test('a file of several lines is no secret of a store', async () => {
	const file = join(mkdtempSync(join(tmpdir(), 'ktop-store-')), 'secret');
	writeFileSync(file, 'one\ntwo\n');
	const access = readStoreAccess('--history', {
		login: {kind: 'token-file', file},
		authorityFile: undefined,
		isInsecure: false,
	});
	await expect(access).rejects.toMatchObject({
		code: 'usage',
		message: `tokenfile= in --history names ${file}, which holds more than one line or a control character`,
	});
});
