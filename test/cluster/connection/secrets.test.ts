import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {KtopError} from '../../../source/metrics/model/failure.ts';
import {connect} from './connect.ts';
import {scratchDirectory} from './scratch-directory.ts';

const secret = fc
	.string({
		unit: fc.constantFrom(...'abcdefghijkmnpqrstuvwxyzABCDEFGH0123456789+/'),
		minLength: 16,
		maxLength: 48,
	})
	.map(text => `x${text}`);

/** Where a secret can stand in a kubeconfig, in places right and wrong. */
const mistakes: ReadonlyArray<(text: string) => string> = [
	text => `token: {value: ${text}}`,
	text => `token: [${text}`,
	text => `token: "${text} ${text}"`,
	text => `token: "${text}", username: b`,
	text => `username: ${text}, password: ${text}, token: ${text}`,
	text => `password: [${text}]`,
	text => `client-key-data: ${text}!`,
	text => `client-key-data: ${Buffer.from(text).toString('base64')}`,
	text =>
		`client-certificate-data: ${Buffer.from(`-----BEGIN CERTIFICATE-----\n${text}`).toString('base64')}, client-key-data: ${Buffer.from(`-----BEGIN PRIVATE KEY-----\n${text}`).toString('base64')}`,
	text => `auth-provider: {name: oidc, config: {refresh-token: ${text}}}`,
	text => `auth-provider: {name: {a: ${text}}}`,
	text =>
		`exec: {command: ktop-no-such-plugin, apiVersion: client.authentication.k8s.io/v1beta1, args: [${text}], env: [{name: A, value: ${text}}]}`,
	text => `exec: {command: x, apiVersion: ${text}}`,
	text => `exec: {command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: ${text}}`,
	text => `tokenFile: /nonexistent, token: ${text}`,
	text => `*${text}`,
	text => `"${text}": ${text}: ${text}`,
	text => `\ttoken: ${text}\n\t- ${text}`,
	text => `token: ${text}, as-groups: ${text}`,
];

const shownBy = async (kubeconfig: string): Promise<string | undefined> => {
	try {
		const connection = await connect({
			kubeconfig,
			environment: {PATH: process.env.PATH},
			homeDirectory: '/nonexistent',
			now: Date.now,
			isInteractive: () => false,
		});
		try {
			await connection.api.get('/api', {timeoutMs: 60_000, maxBytes: 1_000});
		} finally {
			await connection.close();
		}
	} catch (error) {
		if (!(error instanceof KtopError)) {
			throw error;
		}
		return [
			error.brief,
			error.message,
			error.hint,
			error.stack,
			JSON.stringify(error),
			String(error.cause),
		].join('\n');
	}
	return undefined;
};

test('whatever is wrong with a kubeconfig, its error holds no secret of it', async () => {
	const directory = await scratchDirectory();
	const file = join(directory, 'config');
	await fc.assert(
		fc.asyncProperty(fc.constantFrom(...mistakes), secret, async (mistake, text) => {
			await writeFile(
				file,
				`current-context: a
contexts: [{name: a, context: {cluster: a, user: a}}]
clusters: [{name: a, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: a, user: {${mistake(text)}}}]
`,
			);
			const shown = await shownBy(file);
			expect(shown).toBeDefined();
			expect(shown).not.toContain(text);
			expect(shown).not.toContain(Buffer.from(text).toString('base64').replace(/=+$/u, ''));
		}),
		{numRuns: 200},
	);
});
