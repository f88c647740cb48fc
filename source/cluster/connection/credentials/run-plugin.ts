import {spawn} from 'node:child_process';
import {basename} from 'node:path';
import {KtopError} from '../../../metrics/model/failure.ts';
import {systemErrorCode} from '../../../metrics/model/system-error.ts';
import {decodeText} from '../decode-text.ts';
import type {ExecEntry} from '../kubeconfig/kubeconfig.ts';
import {oneLine} from '../one-line.ts';
import {credentialError} from './credential-error.ts';
import {redact} from './redact.ts';

export type PluginRun = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** The JSON for KUBERNETES_EXEC_INFO. */
	readonly info: string;
	/** Whether the plugin may read from the terminal; its stderr is then shown while it runs. */
	readonly isInteractive: boolean;
	readonly timeoutMs: number;
	/** Ends the plugin. */
	readonly signal?: AbortSignal | undefined;
};

const maxOutputBytes = 1 << 20;
const maxComplaintBytes = 4_096;
const killAfterMs = 2_000;

type Ending =
	| {readonly kind: 'exit'; readonly code: number | null; readonly signal: string | null}
	| {readonly kind: 'not-started'; readonly code: string}
	| {readonly kind: 'timeout'}
	| {readonly kind: 'aborted'}
	| {readonly kind: 'too-large'};

export const pluginName = (entry: ExecEntry): string => oneLine(basename(entry.command), 60);

/**
 * Runs a credential plugin and resolves with its stdout.
 *
 * Errors include its stderr, as one line without secrets, and never its stdout.
 *
 * @throws KtopError `unauthorized`, `timeout` or `aborted`
 */
export async function runPlugin(entry: ExecEntry, run: PluginRun): Promise<string> {
	const variables = Object.fromEntries(entry.env);
	const child = spawn(entry.command, [...entry.args], {
		env: {...run.environment, ...variables, KUBERNETES_EXEC_INFO: run.info},
		stdio: [run.isInteractive ? 'inherit' : 'ignore', 'pipe', 'pipe'],
		windowsHide: true,
	});
	const output: Buffer[] = [];
	let outputBytes = 0;
	let complaint = Buffer.alloc(0);

	const ending = await new Promise<Ending>(resolve => {
		const end = (reason: Ending) => {
			clearTimeout(timer);
			run.signal?.removeEventListener('abort', abort);
			resolve(reason);
		};
		const stop = (reason: Ending) => {
			end(reason);
			child.kill('SIGTERM');
			setTimeout(() => child.kill('SIGKILL'), killAfterMs).unref();
		};
		const timer = setTimeout(() => stop({kind: 'timeout'}), run.timeoutMs);
		const abort = () => stop({kind: 'aborted'});
		run.signal?.addEventListener('abort', abort, {once: true});
		if (run.signal?.aborted) {
			abort();
		}

		child.stdout.on('data', (chunk: Buffer) => {
			outputBytes += chunk.length;
			if (outputBytes > maxOutputBytes) {
				stop({kind: 'too-large'});
			} else {
				output.push(chunk);
			}
		});
		child.stderr.on('data', (chunk: Buffer) => {
			if (run.isInteractive) {
				process.stderr.write(chunk);
			}
			// Keep the end, which has the error.
			complaint = Buffer.concat([complaint, chunk]).subarray(-maxComplaintBytes);
		});
		child.once('error', error => end({kind: 'not-started', code: systemErrorCode(error)}));
		child.once('close', (code, signal) => end({kind: 'exit', code, signal}));
	});

	// A grandchild may keep the pipes open after the kill.
	child.stdout.destroy();
	child.stderr.destroy();
	if (ending.kind === 'exit' && ending.code === 0) {
		return decodeText(Buffer.concat(output));
	}
	throw explain(ending, entry, run, complaint.toString('utf8'));
}

function explain(ending: Ending, entry: ExecEntry, run: PluginRun, complaint: string): KtopError {
	const plugin = pluginName(entry);
	const secrets = [...entry.env.values(), ...entry.args];
	const said = oneLine(redact(complaint, secrets), 300);
	const withReason = said === '' ? '' : `: ${said}`;
	const failed = (problem: string, hint: string) =>
		credentialError(`exec plugin "${plugin}" ${problem}`, hint, 'exec plugin failed');
	switch (ending.kind) {
		case 'not-started': {
			if (ending.code !== 'ENOENT') {
				return failed(`cannot be started: ${ending.code}`, `check: ls -l ${plugin}`);
			}
			const hint = oneLine(entry.installHint ?? '', 300) || `install ${plugin}, or put it in PATH`;
			return credentialError(`exec plugin "${plugin}" is not installed`, hint, 'exec plugin missing');
		}
		case 'too-large':
			return failed('printed more than 1 MiB', 'run it manually to see its output');
		case 'timeout':
			return new KtopError({
				code: 'timeout',
				brief: 'exec plugin timeout',
				message: `exec plugin "${plugin}" did not exit within ${run.timeoutMs / 1000} s${withReason}`,
				hint: 'log in first; the plugin may be waiting for input',
			});
		case 'aborted':
			return new KtopError({
				code: 'aborted',
				brief: 'stopped',
				message: `exec plugin "${plugin}" was ended, because its cluster is not read any more`,
				hint: 'nothing to do',
			});
		case 'exit': {
			const how =
				ending.signal === null ? `exited with code ${ending.code}` : `was killed by ${ending.signal}`;
			return failed(`${how}${withReason}`, `log in again, or run it manually: ${plugin}`);
		}
	}
}
