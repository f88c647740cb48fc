import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {execCredentials} from '../../../../source/cluster/connection/credentials/exec-credentials.ts';
import type {ClusterEntry, ExecEntry} from '../../../../source/cluster/connection/kubeconfig/kubeconfig.ts';
import {clockAt, clusterWith, tlsText} from '../access-fixture.ts';
import {failureOf} from '../failure-of.ts';
import {scratchDirectory, writeScript} from '../scratch-directory.ts';

const start = Date.parse('2026-11-23T10:00:00Z');

type Setup = {
	readonly body: string;
	readonly entry?: Partial<ExecEntry>;
	readonly cluster?: Partial<ClusterEntry>;
	readonly isInteractive?: boolean;
	readonly authority?: string;
	readonly timeoutMs?: number;
};

const setUp = async (setup: Setup) => {
	const directory = await scratchDirectory();
	const command = await writeScript(directory, 'login-plugin', setup.body.replaceAll('$DIR', directory));
	const clock = clockAt(start);
	const entry: ExecEntry = {
		apiVersion: 'client.authentication.k8s.io/v1',
		command,
		args: [],
		env: new Map(),
		installHint: undefined,
		provideClusterInfo: false,
		interactiveMode: 'IfAvailable',
		...setup.entry,
	};
	const credentials = execCredentials(entry, clusterWith(setup.cluster ?? {}), {
		environment: {PATH: process.env.PATH, OUTER: 'from outside'},
		now: clock.now,
		isInteractive: () => setup.isInteractive ?? false,
		authority: async () => setup.authority,
		timeoutMs: setup.timeoutMs,
	});
	const runs = async () => (await readFile(join(directory, 'runs'), 'utf8')).length;
	return {credentials, clock, directory, runs};
};

const answer = (status: Readonly<Record<string, unknown>>, apiVersion = 'client.authentication.k8s.io/v1') =>
	JSON.stringify({apiVersion, kind: 'ExecCredential', status});

const printing = (text: string) => `cat <<'ANSWER'\n${text}\nANSWER`;

/** Counts its runs in `$DIR/runs`, and prints the token `t1`, `t2`, … */
const countingPlugin = (expiry: string, delay = '0') => `printf x >>"$DIR/runs"
n=$(wc -c <"$DIR/runs" | tr -d ' ')
sleep ${delay}
echo "{\\"apiVersion\\":\\"client.authentication.k8s.io/v1\\",\\"kind\\":\\"ExecCredential\\",\\"status\\":{\\"token\\":\\"t$n\\"${expiry}}}"`;

const expiringAt = (time: string) => `,\\"expirationTimestamp\\":\\"${time}\\"`;

test.each(['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'] as const)(
	'a plugin that speaks %s gives a token',
	async apiVersion => {
		const {credentials} = await setUp({
			body: printing(answer({token: 'abc'}, apiVersion)),
			entry: {apiVersion},
		});

		expect(await credentials.current()).toEqual({authorization: 'Bearer abc', clientCertificate: undefined});
	},
);

const inYaml = `apiVersion: client.authentication.k8s.io/v1
kind: ExecCredential
status:
  token: abc
  expirationTimestamp: 2026-11-23T11:00:00Z
`;

test.each([
	['YAML', Buffer.from(inYaml)],
	['JSON after a byte order mark', Buffer.from(`\uFEFF${answer({token: 'abc'})}`)],
	['UTF-16, as a PowerShell script may', Buffer.from(`\uFEFF${answer({token: 'abc'})}`, 'utf16le')],
	['YAML after a byte order mark', Buffer.from(`\uFEFF${inYaml}`)],
])('a plugin may answer in %s', async (_, bytes) => {
	const {credentials, directory} = await setUp({body: 'cat "$DIR/answer"'});
	await writeFile(join(directory, 'answer'), bytes);

	expect(await credentials.current()).toMatchObject({authorization: 'Bearer abc'});
});

test('a plugin may give a client certificate in place of a token', async () => {
	const [certificate, key] = [tlsText('alice.crt'), tlsText('alice.key')];
	const {credentials} = await setUp({
		body: printing(answer({clientCertificateData: certificate, clientKeyData: key})),
	});

	expect(await credentials.current()).toEqual({
		authorization: undefined,
		clientCertificate: {certificate, key},
	});
});

test('the plugin receives its arguments, its own variables over inherited ones, and KUBERNETES_EXEC_INFO', async () => {
	const {credentials, directory} = await setUp({
		body: `printf '%s\\n' "$1" "$2" "$OUTER" "$INNER" "$KUBERNETES_EXEC_INFO" >"$DIR/seen"\n${printing(answer({token: 't'}))}`,
		entry: {
			args: ['get token', '--x'],
			env: new Map([
				['INNER', 'inside'],
				['KUBERNETES_EXEC_INFO', 'overridden'],
			]),
		},
	});
	await credentials.current();
	const [first, second, outer, inner, info] = (await readFile(join(directory, 'seen'), 'utf8')).split('\n');

	expect([first, second, outer, inner]).toEqual(['get token', '--x', 'from outside', 'inside']);
	expect(JSON.parse(info ?? '')).toEqual({
		apiVersion: 'client.authentication.k8s.io/v1',
		kind: 'ExecCredential',
		spec: {interactive: false},
	});
});

test('a plugin with provideClusterInfo receives the cluster', async () => {
	const {credentials, directory} = await setUp({
		body: `printf '%s' "$KUBERNETES_EXEC_INFO" >"$DIR/seen"\n${printing(answer({token: 't'}))}`,
		entry: {provideClusterInfo: true},
		cluster: {
			server: 'https://10.0.0.1:6443',
			tlsServerName: 'kube.internal',
			proxyUrl: 'http://proxy:3128',
			execConfig: {audience: 'prod', level: 3n},
		},
		authority: 'PEM',
	});
	await credentials.current();
	const info: unknown = JSON.parse(await readFile(join(directory, 'seen'), 'utf8'));

	expect(info).toMatchObject({
		spec: {
			interactive: false,
			cluster: {
				server: 'https://10.0.0.1:6443',
				'tls-server-name': 'kube.internal',
				'certificate-authority-data': 'UEVN',
				'proxy-url': 'http://proxy:3128',
				config: {audience: 'prod', level: 3},
			},
		},
	});
});

test.each([
	['Never', true, false],
	['IfAvailable', true, true],
	['IfAvailable', false, false],
	['Always', true, true],
] as const)(
	'interactiveMode %s with a free terminal %s gives the plugin interactive %s',
	async (mode, free, told) => {
		const {credentials, directory} = await setUp({
			body: `printf '%s' "$KUBERNETES_EXEC_INFO" >"$DIR/seen"\n${printing(answer({token: 't'}))}`,
			entry: {interactiveMode: mode},
			isInteractive: free,
		});
		await credentials.current();

		expect(JSON.parse(await readFile(join(directory, 'seen'), 'utf8'))).toMatchObject({
			spec: {interactive: told},
		});
	},
);

test('interactiveMode Always without a free terminal is an error, and nothing runs', async () => {
	const {credentials, runs} = await setUp({
		body: countingPlugin(''),
		entry: {interactiveMode: 'Always'},
	});

	const failure = await failureOf(() => credentials.current());

	expect(failure.brief).toBe('exec needs a terminal');
	await expect(runs()).rejects.toThrow('ENOENT');
});

test('a credential is kept until shortly before it expires', async () => {
	const {credentials, clock, runs} = await setUp({
		body: countingPlugin(expiringAt('2026-11-23T11:00:00Z')),
	});
	await credentials.current();

	clock.advance(3_600_000 - 30_001);
	expect((await credentials.current()).authorization).toBe('Bearer t1');
	clock.advance(1);
	expect((await credentials.current()).authorization).toBe('Bearer t2');
	expect(await runs()).toBe(2);
});

test('a short-lived credential is renewed in the last tenth of its life', async () => {
	const {credentials, clock} = await setUp({body: countingPlugin(expiringAt('2026-11-23T10:01:00Z'))});
	await credentials.current();

	clock.advance(53_999);
	expect((await credentials.current()).authorization).toBe('Bearer t1');
	clock.advance(1);
	expect((await credentials.current()).authorization).toBe('Bearer t2');
});

test('a credential without expiry is kept until it is refused', async () => {
	const {credentials, clock} = await setUp({body: countingPlugin('')});
	const first = await credentials.current();
	clock.advance(30 * 86_400_000);

	expect(await credentials.current()).toBe(first);
	expect(await credentials.refresh(first)).toBe(true);
	expect((await credentials.current()).authorization).toBe('Bearer t2');
});

test('requests at the same time share one run', async () => {
	const {credentials, runs} = await setUp({body: countingPlugin('', '0.2')});

	const all = await Promise.all(Array.from({length: 20}, () => credentials.current()));

	expect(new Set(all).size).toBe(1);
	expect(await runs()).toBe(1);
});

test('requests that are refused at the same time share one refresh', async () => {
	const {credentials, runs} = await setUp({body: countingPlugin('', '0.1')});
	const rejected = await credentials.current();

	const all = await Promise.all(Array.from({length: 20}, () => credentials.refresh(rejected)));

	expect(all).toEqual(Array.from({length: 20}, () => true));
	expect(await runs()).toBe(2);
});

test('a credential that was already replaced is not refreshed again', async () => {
	const {credentials, runs} = await setUp({body: countingPlugin('')});
	const rejected = await credentials.current();
	await credentials.refresh(rejected);

	expect(await credentials.refresh(rejected)).toBe(true);
	expect(await runs()).toBe(2);
});

test('a server that refuses every token makes the plugin run twice a minute at most', async () => {
	const {credentials, clock, runs} = await setUp({body: countingPlugin('')});
	await credentials.current();
	const outcomes: boolean[] = [];
	for (let second = 0; second < 60; second += 1) {
		outcomes.push(await credentials.refresh(await credentials.current()));
		clock.advance(1_000);
	}

	expect(outcomes.filter(Boolean)).toHaveLength(2);
	expect(await runs()).toBe(3);
});

test('a plugin that gives the refused token again counts as nothing newer', async () => {
	const {credentials} = await setUp({body: printing(answer({token: 'same'}))});

	expect(await credentials.refresh(await credentials.current())).toBe(false);
});

test('when a renewal fails, the old credential is used until it has expired', async () => {
	const {credentials, clock} = await setUp({
		body: `if [ -e "$DIR/runs" ]; then echo expired session >&2; exit 1; fi\n${countingPlugin(expiringAt('2026-11-23T11:00:00Z'))}`,
	});
	await credentials.current();

	clock.advance(3_590_000);
	expect((await credentials.current()).authorization).toBe('Bearer t1');
	clock.advance(10_000);
	const failure = await failureOf(() => credentials.current());
	expect(failure.message).toBe('exec plugin "login-plugin" exited with code 1: expired session');
});

test('a plugin that fails is not run again within five seconds', async () => {
	const {credentials, clock, runs} = await setUp({body: 'printf x >>"$DIR/runs"; exit 3'});
	for (let attempt = 0; attempt < 10; attempt += 1) {
		await failureOf(() => credentials.current());
	}

	expect(await runs()).toBe(1);
	clock.advance(5_000);
	await failureOf(() => credentials.current());
	expect(await runs()).toBe(2);
});

test('a plugin that is not installed is named together with its install hint', async () => {
	const {credentials} = await setUp({
		body: '',
		entry: {
			command: 'ktop-no-such-plugin',
			installHint: 'Install it:\n\n  apt install \u001B[31mplugin\u001B[0m\n',
		},
	});

	const failure = await failureOf(() => credentials.current());

	expect(failure).toMatchObject({
		brief: 'exec plugin missing',
		message: 'exec plugin "ktop-no-such-plugin" is not installed',
		hint: 'Install it: apt install plugin',
	});
});

test('what a plugin says on stderr is one printable line of limited length', async () => {
	const {credentials} = await setUp({
		body: `printf 'bad\\033[2J\\r\\n\\033]0;title\\007 news %s' "$(head -c 9000 /dev/zero | tr '\\0' y)" >&2; exit 7`,
	});

	const {message} = await failureOf(() => credentials.current());

	expect(message).toMatch(/^exec plugin "login-plugin" exited with code 7: [\x20-\x7E…]+$/u);
	expect(message.length).toBeLessThan(400);
});

test('a plugin that hangs is ended', async () => {
	const {credentials} = await setUp({body: 'echo waiting for a browser >&2; exec sleep 30', timeoutMs: 1500});

	const failure = await failureOf(() => credentials.current());

	expect(failure).toMatchObject({
		code: 'timeout',
		message: 'exec plugin "login-plugin" did not exit within 1.5 s: waiting for a browser',
	});
});

test('a plugin whose child keeps the pipes open is ended too', async () => {
	const {credentials} = await setUp({body: 'sleep 5 & wait', timeoutMs: 300});

	expect((await failureOf(() => credentials.current())).code).toBe('timeout');
});

test('a plugin that prints without end is ended', async () => {
	const {credentials} = await setUp({body: 'exec yes SECRET'});

	expect((await failureOf(() => credentials.current())).message).toBe(
		'exec plugin "login-plugin" printed more than 1 MiB',
	);
});

const bad: readonly (readonly [what: string, printed: string, problem: string])[] = [
	['no JSON', 'SECRET-token', 'did not print an ExecCredential'],
	['nothing', '', 'did not print an ExecCredential'],
	['another kind', '{"kind":"SECRET"}', 'did not print an ExecCredential'],
	[
		'another version',
		answer({token: 'SECRET'}, 'client.authentication.k8s.io/v1beta1'),
		'did not answer with apiVersion client.authentication.k8s.io/v1',
	],
	[
		'no status',
		'{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","token":"SECRET"}',
		'printed an ExecCredential without status',
	],
	['an empty status', answer({}), 'printed neither a token nor a client certificate'],
	['a token that is a map', answer({token: {SECRET: 1}}), 'printed a status.token that is not a string'],
	['a token of two lines', answer({token: 'SECRET\nSECRET'}), 'printed a token with invalid characters'],
	[
		'a certificate without key',
		answer({clientCertificateData: 'SECRET'}),
		'printed only one of clientCertificateData and clientKeyData',
	],
	[
		'a certificate that is none',
		answer({clientCertificateData: 'SECRET', clientKeyData: 'SECRET'}),
		'printed a client certificate and key that do not match or are not PEM',
	],
	[
		'an expiry that is no time',
		answer({token: 'SECRET', expirationTimestamp: 'SECRET'}),
		'printed an invalid expirationTimestamp',
	],
];

test.each(bad)(
	'a plugin that prints %s is explained without what it printed',
	async (_, printed, problem) => {
		const {credentials} = await setUp({body: printing(printed)});

		const failure = await failureOf(() => credentials.current());

		expect(failure.message).toBe(`exec plugin "login-plugin" ${problem}`);
		expect(`${failure.hint} ${failure.stack} ${String(failure.cause)}`).not.toContain('SECRET');
	},
);

test('no error of a plugin holds its token, its variables or its arguments', async () => {
	const secret = fc.string({
		unit: fc.constantFrom(...'abcdefghijkmnpqrstuvwxyzABCDEFGH0123456789+/=._-'),
		minLength: 12,
		maxLength: 40,
	});
	await fc.assert(
		fc.asyncProperty(secret, secret, secret, async (token, variable, argument) => {
			const {credentials} = await setUp({
				body: `printf '%s\\n' '${token}'\nprintf 'failed with %s and %s; Authorization: Bearer %s' "$VARIABLE" "$1" '${token}' >&2\nexit 1`,
				entry: {env: new Map([['VARIABLE', variable]]), args: [argument]},
			});
			const failure = await failureOf(() => credentials.current());
			const shown = `${failure.message} ${failure.hint} ${failure.brief} ${failure.stack} ${String(failure.cause)}`;
			expect(failure.message).toContain('failed with … and …');
			for (const text of [token, variable, argument]) {
				expect(shown).not.toContain(text);
			}
		}),
		{numRuns: 25},
	);
});
