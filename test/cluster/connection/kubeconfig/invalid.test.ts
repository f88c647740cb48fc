import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {loadKubeconfig} from '../../../../source/cluster/connection/kubeconfig/load.ts';
import {failureOf} from '../failure-of.ts';

const directory = fileURLToPath(new URL('../../../fixtures/kubeconfig/invalid', import.meta.url));
const exec = 'users[0].user.exec';
const versions = 'client.authentication.k8s.io/v1 or client.authentication.k8s.io/v1beta1';

/** File name → what comes after the file's path in the message. */
const expected: Readonly<Record<string, string>> = {
	alias: ': too many YAML aliases, or one without an anchor',
	'authority-not-base64': ': clusters[0].cluster.certificate-authority-data is not base64',
	'broken-json': ':3: not valid YAML: a missing quote, bracket, comma or colon',
	'cluster-text': ': clusters[0].cluster must be a map, not text',
	'clusters-map': ': clusters must be a list, not a map',
	'current-context-list': ': current-context must be text, not a list',
	'exec-args-map': `: ${exec}.args[1] must be text, not a map`,
	'exec-bad-mode': `: ${exec}.interactiveMode must be Never, IfAvailable or Always`,
	'exec-command-list': ': users[2].user.exec.command must be text, not a list',
	'exec-env-map': `: ${exec}.env must be a list, not a map`,
	'exec-env-unnamed': `: ${exec}.env[0].name is missing`,
	'exec-no-command': `: ${exec}.command is missing`,
	'exec-no-mode': `: ${exec}.interactiveMode is missing`,
	'exec-no-version': `: ${exec}.apiVersion is missing`,
	'exec-v1alpha1': `: ${exec}.apiVersion must be ${versions}`,
	'extra-number': ': users[0].user.as-user-extra.scopes[0] must be text, not a list',
	'groups-text': ': users[0].user.as-groups must be a list, not text',
	'insecure-text': ': clusters[0].cluster.insecure-skip-tls-verify must be true or false, not text',
	'key-not-pem': ': users[0].user.client-key-data does not contain a PEM block',
	list: ' must be a map, not a list',
	'missing-bracket': ':3: not valid YAML: wrong indentation',
	'other-kind': ': kind is not Config',
	'server-list': ': clusters[0].cluster.server must be text, not a list',
	'tab-indent': ':6: not valid YAML: a tab used for indentation',
	'text-file': ' must be a map, not text',
	'token-map': ': users[0].user.token must be text, not a map',
};

/** Loads the file and decodes every entry, as if the context referred to it. */
const load = async (name: string): Promise<void> => {
	const {clusters, users, contexts} = await loadKubeconfig({
		explicit: join(directory, `${name}.yaml`),
		environment: {},
		homeDirectory: directory,
	});
	for (const entries of [clusters, users, contexts]) {
		for (const entry of entries.names()) {
			entries.get(entry);
		}
	}
};

test.each(Object.entries(expected))(
	'the invalid kubeconfig %s is explained by place and type',
	async (name, problem) => {
		const failure = await failureOf(() => load(name));

		expect(failure.message).toBe(`${join(directory, `${name}.yaml`)}${problem}`);
		expect(failure).toMatchObject({code: 'usage', brief: 'kubeconfig invalid'});
		expect(failure.hint).toMatch(/^.{10,200}$/u);
	},
);

test.each(Object.keys(expected))('nothing of the content of %s is in its error', async name => {
	const failure = await failureOf(() => load(name));

	const shown = `${failure.message} ${failure.hint} ${failure.brief} ${failure.stack} ${String(failure.cause)}`;
	expect(shown).not.toContain('SECRET');
	expect(shown).not.toContain('U0VDUkVU');
});

test('every file of the corpus has its expected error', async () => {
	const files = await readdir(directory);

	expect(files.sort()).toEqual(
		Object.keys(expected)
			.map(name => `${name}.yaml`)
			.sort(),
	);
});
