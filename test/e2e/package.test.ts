import {execFile} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {promisify} from 'node:util';
import {beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {NODE} from './ktop.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** What `npm pack` runs after the build, which other tests are using. */
const pack = (destination: string) =>
	run(process.execPath, [join(root, '.build/pack.mjs'), destination], {cwd: root});

function temporaryFolder(): string {
	return mkdtempSync(join(tmpdir(), 'ktop-package-'));
}

describe('the package', () => {
	const folder = temporaryFolder();
	const unpacked = join(folder, 'package');

	beforeAll(async () => {
		await pack(folder);
		const [archive = ''] = readdirSync(folder);
		await run('tar', ['xzf', join(folder, archive), '-C', folder]);
		return () => rmSync(folder, {recursive: true});
	});

	test('is made by npm pack, and published as that archive', () => {
		expect(manifestOf(root).scripts).toMatchObject({
			prepack: 'npm run build',
			postpack: 'node .build/pack.mjs',
			prepublishOnly: expect.stringContaining('exit 1'),
		});
	});

	test('depends on nothing and says nothing of the tools', () => {
		const {name, version, bin, man, engines} = manifestOf(root);
		const manifest = manifestOf(unpacked);
		expect(manifest).toMatchObject({name, version, bin, man, engines});
		for (const key of ['dependencies', 'devDependencies', 'scripts', 'knip', 'allowScripts']) {
			expect(manifestOf(root)).toHaveProperty(key);
			expect(manifest).not.toHaveProperty(key);
		}
	});

	test('holds the bundle, what is read first, and nothing for developers', () => {
		expect(readdirSync(unpacked).sort()).toEqual([
			'CHANGELOG.md',
			'LICENSE',
			'README.md',
			'dist',
			'package.json',
		]);
		const files = readdirSync(join(unpacked, 'dist'));
		expect(files).toEqual(expect.arrayContaining(['cli.js', 'ktop.1', 'snapshot.schema.json']));
		expect(files).not.toContain('metafile.json');
	});

	test('has a README whose links and picture lead to the repository, at its version', () => {
		const text = readFileSync(join(unpacked, 'README.md'), 'utf8');
		const at = `v${manifestOf(root).version}`;
		const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
		expect(links.filter(link => !link.startsWith('https://'))).toEqual([]);
		expect(links).toEqual(
			expect.arrayContaining([
				`https://raw.githubusercontent.com/ktop-tui/ktop/${at}/test/pictures/ktop.svg`,
				`https://github.com/ktop-tui/ktop/blob/${at}/source/help/install.md`,
			]),
		);
	});

	test('brings the licence of everything that it bundles', () => {
		const text = readFileSync(join(unpacked, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
		const {outputs} = JSON.parse(readFileSync(join(root, 'dist/metafile.json'), 'utf8'));
		const inputs = Object.values<{inputs: Record<string, {bytesInOutput: number}>}>(outputs).flatMap(output =>
			Object.keys(output.inputs).filter(input => (output.inputs[input]?.bytesInOutput ?? 0) > 0),
		);
		const folders = new Set(
			inputs.flatMap(input => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []),
		);
		expect([...folders]).toEqual(expect.arrayContaining(['node_modules/meow', 'node_modules/yaml']));
		for (const bundled of folders) {
			const {name, version} = manifestOf(join(root, bundled));
			expect(text).toContain(`\n${name} ${version} (`);
		}
	});

	test('is not built where a bundled package has no licence text', async () => {
		const bundled = join(folder, 'node_modules/bare');
		mkdirSync(bundled, {recursive: true});
		writeFileSync(join(bundled, 'package.json'), '{"name": "bare", "version": "1.2.3", "license": "MIT"}');
		const metafile = {outputs: {a: {inputs: {[join(bundled, 'index.js')]: {bytesInOutput: 1}}}}};
		const script = `import {licensesOf} from ${JSON.stringify(join(root, '.build/licenses.mjs'))};
			await licensesOf(${JSON.stringify(metafile)});`;
		await expect(run(process.execPath, ['--input-type=module', '-e', script])).rejects.toThrow(
			'bare 1.2.3 is bundled and has no licence text',
		);
	});

	test('installed globally is on the PATH and where man looks', async () => {
		const [archive = ''] = readdirSync(folder).filter(name => name.endsWith('.tgz'));
		const prefix = join(folder, 'prefix');
		await run('npm', [
			'install',
			'--global',
			'--no-audit',
			'--no-fund',
			'--prefix',
			prefix,
			join(folder, archive),
		]);
		const {stdout} = await run(NODE, [join(prefix, 'bin/ktop'), 'version']);
		expect(stdout.trim()).toBe(manifestOf(root).version);
		// npm links it only where package.json has a list.
		expect(readFileSync(join(prefix, 'share/man/man1/ktop.1'), 'utf8')).toMatch(/^\.TH KTOP 1/);
	});

	test('needs only Node', async () => {
		const {stdout} = await run(NODE, [join(unpacked, 'dist/cli.js'), '--json', '--source', 'local']);
		expect(JSON.parse(stdout).nodes[0].cpu.usageCores).toBeGreaterThanOrEqual(0);
		const {stdout: version} = await run(NODE, [join(unpacked, 'dist/cli.js'), 'version']);
		expect(version.trim()).toBe(manifestOf(root).version);
	});

	test('leaves package.json as it is where packing fails', async () => {
		const before = readFileSync(join(root, 'package.json'), 'utf8');
		const nowhere = join(temporaryFolder(), 'a', 'b');
		onTestFinished(() => rmSync(resolve(nowhere, '../..'), {recursive: true}));
		await expect(pack(nowhere)).rejects.toThrow();
		expect(readFileSync(join(root, 'package.json'), 'utf8')).toBe(before);
	});
});
