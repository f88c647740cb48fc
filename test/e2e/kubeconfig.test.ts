import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {openKtop, runKtop} from './ktop.ts';

const NOWHERE = '/nonexistent/config';

/** Neither KUBECONFIG nor a pod's service account but those of the test. */
const environment = {KUBECONFIG: NOWHERE, KUBERNETES_SERVICE_HOST: ''};

function emptyConfig(): string {
	const folder = mkdtempSync(join(tmpdir(), 'ktop-kubeconfig-'));
	onTestFinished(() => rmSync(folder, {recursive: true}));
	const file = join(folder, 'config');
	writeFileSync(file, 'kind: Config\n');
	return file;
}

describe('--kubeconfig', () => {
	test.each([['--json'], ['record', '--sink', 'file:/dev/null']])(
		'that has no context is an error of %s, and this machine is not shown',
		async (...args) => {
			const file = emptyConfig();
			const {stdout, stderr, exitCode} = await runKtop([...args, '--kubeconfig', file], {environment});
			expect([stdout, exitCode]).toEqual(['', 2]);
			expect(stderr).toMatch(new RegExp(`^ktop: --kubeconfig ${file}: it has no context\n`));
		},
	);

	test('that is from the config file is called so', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'ktop-config-'));
		onTestFinished(() => rmSync(folder, {recursive: true}));
		const home = join(folder, 'ktop-tui');
		mkdirSync(home);
		writeFileSync(join(home, 'config.yaml'), `# mine\nkubeconfig: ${NOWHERE}\n`);
		const {stderr, exitCode} = await runKtop(['--json'], {environment: {XDG_CONFIG_HOME: folder}});
		expect(exitCode).toBe(2);
		expect(stderr).toContain(`ktop: ${home}/config.yaml:2: kubeconfig ${NOWHERE}: no such file\n`);
		const asked = await runKtop(['--json', '--kubeconfig', '/nonexistent/other'], {
			environment: {XDG_CONFIG_HOME: folder},
		});
		expect(asked.stderr).toContain('ktop: --kubeconfig /nonexistent/other: no such file\n');
	});
});

describe('KUBECONFIG that does not exist', () => {
	const told = `KUBECONFIG=${NOWHERE}: no such file: this machine is shown instead of a cluster`;

	test('is warned of on stderr and among the notices', async () => {
		const {stdout, stderr, exitCode} = await runKtop(['--json'], {environment});
		expect([stderr, exitCode]).toEqual([`ktop: ${told}\n`, 0]);
		expect(JSON.parse(stdout)).toMatchObject({source: 'this machine', notices: [told]});
	});

	test('is nothing to warn of where it is not read', async () => {
		const {stderr} = await runKtop(['--json', '--source', 'local'], {environment});
		expect(stderr).toBe('');
	});

	test('is reported where a cluster was requested', async () => {
		const {stderr, exitCode} = await runKtop(['--json', '--source', 'kubernetes'], {environment});
		expect(exitCode).toBe(1);
		expect(stderr).toContain(`no cluster to connect to: KUBECONFIG=${NOWHERE}: no such file, and not inside`);
	});

	test('is reported by doctor', async () => {
		const {stdout, exitCode} = await runKtop(['doctor'], {environment});
		expect(exitCode).toBe(0);
		expect(stdout).toContain(
			`warning  kubeconfig  KUBECONFIG=${NOWHERE}: no such file, and this is not a pod`,
		);
	});

	test('is in the head of the screen', async () => {
		const terminal = openKtop([], {environment, columns: 140});
		onTestFinished(terminal.close);
		await terminal.until('the warning', screen => screen.includes(`KUBECONFIG=${NOWHERE}: no such file`));
		terminal.type('q');
		expect(await terminal.exitCode).toBe(0);
	});
});
