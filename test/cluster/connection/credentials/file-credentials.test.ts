import {copyFile, rm, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {fileCredentials} from '../../../../source/cluster/connection/credentials/file-credentials.ts';
import {clockAt, tlsPath, tlsText, userWith} from '../access-fixture.ts';
import {failureOf} from '../failure-of.ts';
import {scratchDirectory} from '../scratch-directory.ts';

const authorizationOf = async (credentials: ReturnType<typeof fileCredentials>) =>
	(await credentials.current()).authorization;

test('a token becomes a bearer header', async () => {
	expect(await authorizationOf(fileCredentials(userWith({token: 'abc'}), Date.now))).toBe('Bearer abc');
});

test('user name and password become a basic header in UTF-8', async () => {
	const user = userWith({username: 'jörg', password: 'p:w'});

	// printf 'jörg:p:w' | base64
	expect(await authorizationOf(fileCredentials(user, Date.now))).toBe('Basic asO2cmc6cDp3');
});

test('a user without credentials sends none', async () => {
	expect(await fileCredentials(userWith({}), Date.now).current()).toEqual({
		authorization: undefined,
		clientCertificate: undefined,
	});
});

test('the token file wins over the token', async () => {
	const tokenFile = join(await scratchDirectory(), 'token');
	await writeFile(tokenFile, 'from-file\n');

	const credentials = fileCredentials(userWith({token: 'inline', tokenFile}), Date.now);

	expect(await authorizationOf(credentials)).toBe('Bearer from-file');
});

test('a replaced token file is noticed a second later', async () => {
	const tokenFile = join(await scratchDirectory(), 'token');
	const clock = clockAt(0);
	await writeFile(tokenFile, 'old');
	const credentials = fileCredentials(userWith({tokenFile}), clock.now);
	await credentials.current();
	await writeFile(tokenFile, 'newer');

	expect(await authorizationOf(credentials)).toBe('Bearer old');
	clock.advance(1_000);
	expect(await authorizationOf(credentials)).toBe('Bearer newer');
});

test('a token file is read every minute even where it looks unchanged', async () => {
	const directory = await scratchDirectory();
	const tokenFile = join(directory, 'token');
	const clock = clockAt(0);
	await writeFile(tokenFile, 'aaa');
	await utimes(tokenFile, 1_000, 1_000);
	const credentials = fileCredentials(userWith({tokenFile}), clock.now);
	await credentials.current();
	// Same inode, size and time.
	await writeFile(tokenFile, 'bbb');
	await utimes(tokenFile, 1_000, 1_000);

	clock.advance(59_000);
	expect(await authorizationOf(credentials)).toBe('Bearer aaa');
	clock.advance(1_000);
	expect(await authorizationOf(credentials)).toBe('Bearer bbb');
});

test.each([
	['is empty', ''],
	['holds more than a token', 'half of\nanother'],
])('a token file that %s for a while in mid-run leaves the last token in use', async (_, text) => {
	const tokenFile = join(await scratchDirectory(), 'token');
	const clock = clockAt(0);
	await writeFile(tokenFile, 'last');
	const credentials = fileCredentials(userWith({tokenFile}), clock.now);
	const before = await credentials.current();
	await writeFile(tokenFile, text);
	clock.advance(120_000);

	expect(await credentials.current()).toBe(before);
	expect(await credentials.refresh(before)).toBe(false);
	await writeFile(tokenFile, 'newer');
	clock.advance(1_000);
	expect(await authorizationOf(credentials)).toBe('Bearer newer');
});

test('a token file that disappears in mid-run leaves the last token in use', async () => {
	const tokenFile = join(await scratchDirectory(), 'token');
	const clock = clockAt(0);
	await writeFile(tokenFile, 'last');
	const credentials = fileCredentials(userWith({tokenFile}), clock.now);
	await credentials.current();
	await rm(tokenFile);
	clock.advance(120_000);

	expect(await authorizationOf(credentials)).toBe('Bearer last');
});

test('a missing token file is explained with its path', async () => {
	const failure = await failureOf(() =>
		fileCredentials(userWith({tokenFile: '/nonexistent/token'}), Date.now).current(),
	);

	expect(failure.message).toBe('cannot read the token file /nonexistent/token: no such file or directory');
});

test.each(['two words', 'line\nbreak', 'umläut', ''])(
	'the token %j is refused without being shown, and its file named',
	async text => {
		const tokenFile = join(await scratchDirectory(), 'token');
		await writeFile(tokenFile, text);

		const failure = await failureOf(() => fileCredentials(userWith({tokenFile}), Date.now).current());

		const problem = text === '' ? 'is empty' : 'contains a blank or another invalid character';
		expect(failure.message).toBe(`the token file ${tokenFile} ${problem}`);
	},
);

test('after a 401 a token file is read at once, and says whether it holds anything newer', async () => {
	const tokenFile = join(await scratchDirectory(), 'token');
	const clock = clockAt(0);
	await writeFile(tokenFile, 'old');
	const credentials = fileCredentials(userWith({tokenFile}), clock.now);
	const rejected = await credentials.current();

	expect(await credentials.refresh(rejected)).toBe(false);
	await writeFile(tokenFile, 'new');
	expect(await credentials.refresh(rejected)).toBe(true);
	expect(await authorizationOf(credentials)).toBe('Bearer new');
});

test('the same object is given as long as nothing changed', async () => {
	const tokenFile = join(await scratchDirectory(), 'token');
	const clock = clockAt(0);
	await writeFile(tokenFile, 'same');
	const credentials = fileCredentials(userWith({tokenFile}), clock.now);
	const first = await credentials.current();
	clock.advance(90_000);

	expect(await credentials.current()).toBe(first);
});

test('certificate and key come from data or from files', async () => {
	const user = userWith({
		clientCertificate: {kind: 'data', pem: tlsText('alice.crt')},
		clientKey: {kind: 'file', path: tlsPath('alice.key')},
	});

	expect((await fileCredentials(user, Date.now).current()).clientCertificate).toEqual({
		certificate: tlsText('alice.crt'),
		key: tlsText('alice.key'),
	});
});

test('a key of another certificate is refused without being shown', async () => {
	const user = userWith({
		clientCertificate: {kind: 'file', path: tlsPath('alice.crt')},
		clientKey: {kind: 'file', path: tlsPath('bob.key')},
	});

	const failure = await failureOf(() => fileCredentials(user, Date.now).current());

	expect(failure.message).toBe('the client certificate and client key do not match, or are not PEM');
	expect(failure.cause).toBeUndefined();
});

test('a certificate file that is empty for a while leaves the last pair in use', async () => {
	const path = join(await scratchDirectory(), 'tls.crt');
	const clock = clockAt(0);
	await copyFile(tlsPath('alice.crt'), path);
	const user = userWith({
		clientCertificate: {kind: 'file', path},
		clientKey: {kind: 'file', path: tlsPath('alice.key')},
	});
	const credentials = fileCredentials(user, clock.now);
	await credentials.current();
	await writeFile(path, '');
	clock.advance(60_000);

	expect((await credentials.current()).clientCertificate?.certificate).toBe(tlsText('alice.crt'));
});

test('while only one file of a pair is renewed, the old pair stays in use', async () => {
	const directory = await scratchDirectory();
	const paths = {certificate: join(directory, 'tls.crt'), key: join(directory, 'tls.key')};
	const clock = clockAt(0);
	await copyFile(tlsPath('alice.crt'), paths.certificate);
	await copyFile(tlsPath('alice.key'), paths.key);
	const credentials = fileCredentials(
		userWith({
			clientCertificate: {kind: 'file', path: paths.certificate},
			clientKey: {kind: 'file', path: paths.key},
		}),
		clock.now,
	);
	await credentials.current();

	await copyFile(tlsPath('bob.crt'), paths.certificate);
	clock.advance(60_000);
	const between = await credentials.current();
	await copyFile(tlsPath('bob.key'), paths.key);
	clock.advance(60_000);
	const after = await credentials.current();

	expect(between.clientCertificate?.certificate).toBe(tlsText('alice.crt'));
	expect(after.clientCertificate).toEqual({certificate: tlsText('bob.crt'), key: tlsText('bob.key')});
});
