import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {clockAt, tlsPath} from '../access-fixture.ts';
import {serveApi} from '../api-server.ts';
import {connect} from '../connect.ts';
import {failureOf} from '../failure-of.ts';
import {scratchDirectory} from '../scratch-directory.ts';

const start = Date.parse('2026-11-23T10:00:00Z');
const limits = {timeoutMs: 60_000, maxBytes: 100_000};
const minutes = (count: number) => start + count * 60_000;

/** A JSON Web Token that names nobody and ends then. */
const tokenUntil = (endMs: number, id = 'a'): string => {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${part({alg: 'none'})}.${part({sub: id, exp: endMs / 1000})}.c2lnbmF0dXJl`;
};

/** A server that accepts what `accepts` says, and a kubeconfig whose user has `auth-provider: oidc`. */
const setUp = async (config: Readonly<Record<string, string>>) => {
	const accepted = {token: undefined as string | undefined};
	const server = await serveApi((request, response) => {
		const isRefused =
			accepted.token !== undefined && request.headers.authorization !== `Bearer ${accepted.token}`;
		response.writeHead(isRefused ? 401 : 200, {'content-type': 'application/json'});
		response.end('{}');
	});
	const kubeconfig = join(await scratchDirectory(), 'config');
	const write = (provider: Readonly<Record<string, string>>) =>
		writeFile(
			kubeconfig,
			JSON.stringify({
				'current-context': 'c',
				contexts: [{name: 'c', context: {cluster: 'c', user: 'jane'}}],
				clusters: [
					{
						name: 'c',
						cluster: {
							server: `https://127.0.0.1:${server.port}`,
							'certificate-authority': tlsPath('ca.crt'),
						},
					},
				],
				users: [{name: 'jane', user: {'auth-provider': {name: 'oidc', config: provider}}}],
			}),
		);
	await write(config);
	const clock = clockAt(start);
	const connection = await connect({
		kubeconfig,
		environment: {},
		homeDirectory: '/nonexistent',
		now: clock.now,
		isInteractive: () => false,
	});
	onTestFinished(connection.close);
	const get = () => connection.api.get('/api', limits);
	return {get, write, clock, kubeconfig, requests: server.requests, accepted};
};

const refreshing = {'client-id': 'k', 'idp-issuer-url': 'https://issuer.invalid', 'refresh-token': 'SECRET'};

test('an id-token that has not expired is used', async () => {
	const token = tokenUntil(minutes(60));
	const {get, requests} = await setUp({...refreshing, 'id-token': token});

	expect((await get()).status).toBe(200);
	expect(requests).toMatchObject([{authorization: `Bearer ${token}`}]);
});

test('after its end the id-token that kubectl wrote into the file meanwhile is used', async () => {
	const {get, write, clock, requests} = await setUp({...refreshing, 'id-token': tokenUntil(minutes(5))});
	await get();
	const renewed = tokenUntil(minutes(60));
	await write({...refreshing, 'id-token': renewed});
	clock.advance(5 * 60_000);

	await get();

	expect(requests.at(-1)).toMatchObject({authorization: `Bearer ${renewed}`});
});

test('an expired id-token is reported with the command that renews it, and nothing is sent', async () => {
	const {get, kubeconfig, requests} = await setUp({...refreshing, 'id-token': tokenUntil(minutes(-1))});

	expect(await failureOf(get)).toMatchObject({
		code: 'unauthorized',
		brief: 'id-token expired',
		message: 'the id-token of user "jane" expired at 2026-11-23T09:59:00.000Z',
		hint: `run any kubectl command, which renews it in ${kubeconfig}; ktop then rereads the file`,
	});
	expect(requests).toEqual([]);
});

test('an expired id-token is found renewed without a restart', async () => {
	const {get, write, clock} = await setUp({...refreshing, 'id-token': tokenUntil(minutes(-1))});
	await failureOf(get);
	await write({...refreshing, 'id-token': tokenUntil(minutes(60))});
	clock.advance(10_000);

	expect((await get()).status).toBe(200);
});

test('where there is no refresh-token, kubectl is not said to renew it', async () => {
	const {get} = await setUp({'id-token': tokenUntil(minutes(-1))});

	expect((await failureOf(get)).hint).toMatch(/^there is no refresh-token to renew it: log in again/u);
});

test('a kubeconfig that is being written leaves the token from before in use', async () => {
	const token = tokenUntil(minutes(60));
	const {get, clock, kubeconfig, requests, accepted} = await setUp({...refreshing, 'id-token': token});
	await get();
	await writeFile(kubeconfig, '{"users": [');
	accepted.token = 'another';
	clock.advance(10_000);

	expect((await get()).status).toBe(401);
	expect(requests.at(-1)).toMatchObject({authorization: `Bearer ${token}`});
});

test('an id-token that the server refuses is looked up again and sent once more', async () => {
	const {get, write, clock, accepted} = await setUp({...refreshing, 'id-token': tokenUntil(minutes(60))});
	const renewed = tokenUntil(minutes(61), 'b');
	await get();
	accepted.token = renewed;
	await write({...refreshing, 'id-token': renewed});
	clock.advance(10_000);

	expect((await get()).status).toBe(200);
});

test.each([
	['no id-token', {}, 'user "jane" has auth-provider oidc without an id-token'],
	['text for an id-token', {'id-token': 'SECRET'}, 'the id-token of user "jane" is not a JSON Web Token'],
	[
		'claims that are no JSON',
		{'id-token': 'a.SECRET.c'},
		'the id-token of user "jane" is not a JSON Web Token',
	],
	[
		'an expiry that is no date',
		{'id-token': `a.${Buffer.from('{"exp":-1e300}').toString('base64url')}.SECRET`},
		'the id-token of user "jane" is not a JSON Web Token',
	],
])('a user with %s is reported without a secret', async (_, config, message) => {
	const {get} = await setUp({...refreshing, ...config});

	const failure = await failureOf(get);

	expect(failure.message).toBe(message);
	expect(`${failure.hint} ${failure.stack}`).not.toContain('SECRET');
});
