import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openTerminal, type Terminal, type TerminalOptions} from './terminal.ts';

/** The bundle, as users get it; `npm test` builds it first. */
export const CLI = join(import.meta.dirname, '../../dist/cli.js');

/** Another Node than the one that runs the tests may be named, to see that the bundle runs on it too. */
export const NODE = process.env.KTOP_TEST_NODE ?? process.execPath;

/** The single executable, where it stands in for Node and the bundle, to see that it runs as they do. */
export const EXECUTABLE = process.env.KTOP_TEST_EXECUTABLE;

const PROGRAM: readonly [file: string, ...args: readonly string[]] =
	EXECUTABLE === undefined ? [NODE, CLI] : [EXECUTABLE];

if (!existsSync(CLI)) {
	throw new Error('dist/cli.js is missing: npm run build makes it');
}

/** Settings and memory of nobody: what one test chose is not there in the next. */
export function cleanHome(): Readonly<Record<string, string>> {
	const folder = mkdtempSync(join(tmpdir(), 'ktop-home-'));
	return {XDG_STATE_HOME: join(folder, 'state'), XDG_CONFIG_HOME: join(folder, 'config')};
}

/** Runs in a folder of its own unless another is given: keys that write a file leave none in the repository. */
export function openKtop(args: readonly string[], options: TerminalOptions = {}): Terminal {
	const [file, ...before] = PROGRAM;
	return openTerminal(file, [...before, ...args], {
		workingFolder: mkdtempSync(join(tmpdir(), 'ktop-folder-')),
		...options,
		environment: {...cleanHome(), ...options.environment},
	});
}

export type Printed = {readonly stdout: string; readonly stderr: string; readonly exitCode: number | null};

/** Runs ktop with its output in pipes. */
export function runKtop(
	args: readonly string[],
	options: {
		readonly signalAfter?: (stdout: string) => NodeJS.Signals | undefined;
		readonly environment?: Readonly<Record<string, string>>;
		readonly onStart?: (ktop: ChildProcess) => void;
		/** A file in place of the pipe: what is printed is not in the result then. */
		readonly stdout?: number;
		/** Sent once this resolves. */
		readonly interruptWhen?: Promise<unknown>;
	} = {},
): Promise<Printed> {
	return new Promise((resolve, reject) => {
		const [file, ...before] = PROGRAM;
		const child = spawn(file, [...before, ...args], {
			env: {...process.env, ...options.environment},
			stdio: ['ignore', options.stdout ?? 'pipe', 'pipe'],
		});
		options.onStart?.(child);
		void options.interruptWhen?.then(() => child.kill('SIGINT'));
		let stdout = '';
		let stderr = '';
		let isSignalled = false;
		child.stdout?.setEncoding('utf8').on('data', (text: string) => {
			stdout += text;
			const signal = isSignalled ? undefined : options.signalAfter?.(stdout);
			if (signal !== undefined) {
				isSignalled = true;
				child.kill(signal);
			}
		});
		child.stderr?.setEncoding('utf8').on('data', (text: string) => {
			stderr += text;
		});
		child.on('error', reject);
		child.on('close', exitCode => resolve({stdout, stderr, exitCode}));
	});
}
