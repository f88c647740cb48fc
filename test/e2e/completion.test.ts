import {execFile} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {CLI, runKtop} from './ktop.ts';
import {type RecordedCluster, startRecordedCluster} from './recorded-cluster.ts';
import {openTerminal, type Terminal} from './terminal.ts';

/** The shell on the PATH; undefined where there is none, and its tests are skipped. */
function find(shell: string): string | undefined {
	return (process.env.PATH ?? '')
		.split(':')
		.map(folder => join(folder, shell))
		.find(existsSync);
}

const run = promisify(execFile);

const bash = find('bash');
const zsh = find('zsh');
const fish = find('fish');

let folder: string;
let cluster: RecordedCluster;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'ktop-completion-'));
	mkdirSync(join(folder, 'bin'));
	symlinkSync(CLI, join(folder, 'bin/ktop'));
	writeFileSync(join(folder, 'some-recording.ktop'), '');
	cluster = await startRecordedCluster();
	environment = {
		HOME: folder,
		PATH: `${folder}/bin:${dirname(process.execPath)}:${process.env.PATH}`,
		KUBECONFIG: cluster.kubeconfig,
		ZDOTDIR: folder,
		XDG_CONFIG_HOME: folder,
		XDG_DATA_HOME: folder,
		PS1: '$ ',
	};
});

afterAll(async () => {
	await cluster.close();
	rmSync(folder, {recursive: true});
});

/** An interactive shell that has run `setUp`. */
async function openShell(file: string, args: readonly string[], setUp: string): Promise<Terminal> {
	const terminal = openTerminal(file, args, {environment, workingFolder: folder});
	onTestFinished(terminal.close);
	terminal.type(`${setUp}; echo set''up\r`);
	await terminal.until('the shell', screen => /^setup$/m.test(screen));
	return terminal;
}

/** Debian's package, where it is unpacked anywhere, has its functions and modules beside it. */
function openZsh(): Promise<Terminal> {
	const prefix = resolve(dirname(zsh ?? ''), '..');
	const functions = join(prefix, 'share/zsh/functions');
	const library = join(prefix, 'lib');
	const editor = existsSync(library)
		? readdirSync(library, {recursive: true, encoding: 'utf8'}).find(name => name.endsWith('zsh/zle.so'))
		: undefined;
	const paths = [
		editor === undefined ? '' : `module_path=(${resolve(library, editor, '../..')});`,
		existsSync(functions)
			? `fpath=(${functions} ${readdirSync(functions, {recursive: true, encoding: 'utf8'})
					.filter(name => !name.includes('.') && existsSync(join(functions, name, '.')))
					.map(name => join(functions, name))
					.join(' ')});`
			: '',
	].join(' ');
	// Before the line editor is loaded.
	writeFileSync(
		join(folder, '.zshrc'),
		`${paths}\nPS1='$ '\nautoload -Uz compinit; compinit -u -d ${folder}/dump\nsource <(ktop completion zsh)\n`,
	);
	return openShell(zsh ?? '', ['-i'], 'true');
}

/** What is typed, and what stands on the line once a completion was asked for. */
const LINES: ReadonlyArray<readonly [typed: string, line: string]> = [
	['ktop doc', 'ktop doctor '],
	['ktop --them', 'ktop --theme '],
	['ktop --theme col', 'ktop --theme colorblind '],
	['ktop --theme=col', 'ktop --theme=colorblind '],
	['ktop pods --sort rest', 'ktop pods --sort restarts '],
	['ktop record --sink fi', 'ktop record --sink file:'],
	['ktop --source kubel', 'ktop --source kubelet:'],
	['ktop help trou', 'ktop help troubleshooting '],
	// Of the kubeconfig.
	['ktop --context pr', 'ktop --context prod '],
	// Of the live cluster.
	['ktop pods -n kube-sy', 'ktop pods -n kube-system '],
	['ktop --node=no', 'ktop --node=node-a '],
	// Names of files.
	['ktop replay ./some-rec', 'ktop replay ./some-recording.ktop '],
];

const KILL_LINE = '\u0015';

/** Types each line, asks for its completion, and types on, which shows whether a blank was put. */
async function completeLines(terminal: Terminal): Promise<void> {
	for (const [typed, line] of LINES) {
		terminal.type(`${typed}\t`);
		const shows = (text: string) => (screen: string) =>
			screen.split('\n').some(shown => shown.trimEnd() === `$ ${text}`.trimEnd());
		await terminal.until(line, shows(line));
		terminal.type('X');
		await terminal.until(`${line}X`, shows(`${line}X`));
		terminal.type(KILL_LINE);
		await terminal.until('an empty line', screen => !screen.includes(`${line}X`));
	}
}

test.skipIf(bash === undefined)('bash completes', async () => {
	const terminal = await openShell(
		bash ?? '',
		['--norc', '--noprofile', '-i'],
		'PS1="$ "; source <(ktop completion bash)',
	);
	await completeLines(terminal);
});

test.skipIf(zsh === undefined)('zsh completes', async () => {
	await completeLines(await openZsh());
});

test.skipIf(fish === undefined)('fish completes, with a description of each', async () => {
	const script = join(folder, 'ktop.fish');
	writeFileSync(script, (await runKtop(['completion', 'fish'])).stdout);
	const libraries = join(dirname(fish ?? ''), '../lib');
	const complete = async (line: string): Promise<readonly string[]> => {
		const {stdout} = await run(
			fish ?? '',
			['--no-config', '-c', `source ${script}; complete -C ${JSON.stringify(line)}`],
			{
				env: {
					...environment,
					LD_LIBRARY_PATH: existsSync(libraries)
						? readdirSync(libraries)
								.map(name => join(libraries, name))
								.join(':')
						: '',
				},
			},
		);
		return stdout.split('\n').filter(text => text !== '');
	};
	expect(await complete('ktop doc')).toEqual([expect.stringMatching(/^doctor\tcheck each step/)]);
	for (const [typed, line] of LINES.filter(([text]) => !text.includes('replay'))) {
		// Names of the cluster are given up after a moment, which a busy machine may need for the start alone.
		const words = async () => (await complete(typed)).map(text => text.split('\t')[0]);
		await expect.poll(words, {timeout: 30_000}).toEqual([line.trimEnd().split(' ').at(-1)]);
	}
});

describe('completion', () => {
	test('is silent where no cluster answers, and where the command line is wrong', async () => {
		const nothing = {stdout: '', stderr: '', exitCode: 0};
		const wrong = {KUBECONFIG: join(folder, 'none')};
		expect(await runKtop(['complete', '--', '-n', ''], {environment: wrong})).toEqual(nothing);
		expect(await runKtop(['complete', '--', '--context', ''], {environment: wrong})).toEqual(nothing);
		expect(await runKtop(['complete', '--', '--interval', 'x', '-n', ''])).toEqual(nothing);
	});

	test('offers no name that a shell would run', async () => {
		const kubeconfig = join(folder, 'evil');
		writeFileSync(
			kubeconfig,
			'apiVersion: v1\nkind: Config\ncontexts: [{name: "$(reboot)", context: {}}, {name: "a:b/c", context: {}}]\n',
		);
		const {stdout} = await runKtop(['complete', '--', '--kubeconfig', kubeconfig, '--context', '']);
		expect(stdout).toBe('a:b/c\t\n');
	});

	test.each([[['completion']], [['completion', 'tcsh']], [['completion', 'bash', 'zsh']]])(
		'%j is answered with the list of shells',
		async words => {
			expect(await runKtop(words)).toEqual({
				stdout: '',
				stderr: 'ktop: completion needs the name of a shell: write ktop completion bash, zsh or fish\n',
				exitCode: 2,
			});
		},
	);
});
