import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {expect, test} from 'vitest';
import {parse} from 'yaml';

const root = resolve(import.meta.dirname, '../..');
const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

test('the manifest of krew names each archive with its sum', () => {
	const folder = mkdtempSync(join(tmpdir(), 'ktop-krew-'));
	writeFileSync(join(folder, 'ktop-linux-amd64.tar.gz'), 'one');
	writeFileSync(join(folder, 'ktop-darwin-arm64.tar.gz'), '');
	const manifest = parse(execFileSync('bash', [join(root, '.ci/krew-manifest'), folder], {encoding: 'utf8'}));
	expect(manifest).toMatchObject({
		apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
		kind: 'Plugin',
		metadata: {name: 'kubelet-top'},
		spec: {version: `v${version}`},
	});
	const base = `https://github.com/ktop-tui/ktop/releases/download/v${version}`;
	expect(manifest.spec.shortDescription.length).toBeLessThanOrEqual(50);
	expect(manifest.spec.platforms).toEqual([
		{
			selector: {matchLabels: {os: 'darwin', arch: 'arm64'}},
			uri: `${base}/ktop-darwin-arm64.tar.gz`,
			// Of nothing (FIPS 180-4).
			sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
			bin: 'ktop',
		},
		{
			selector: {matchLabels: {os: 'linux', arch: 'amd64'}},
			uri: `${base}/ktop-linux-amd64.tar.gz`,
			sha256: '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed',
			bin: 'ktop',
		},
	]);
});
