import {homedir} from 'node:os';
import {outputFormat} from './commands/output-format.ts';
import {KtopError} from './metrics/model/failure.ts';
import type {Log, LogValue} from './metrics/model/log.ts';
import {printable} from './metrics/model/printable.ts';
import {systemErrorWords} from './metrics/model/system-error.ts';
import {configPath, readConfig} from './options/config-file.ts';
import {nameSettings, type Settings} from './options/name-settings.ts';
import type {Call, OptionsOf} from './options/options.ts';
import {parseOptions} from './options/parse-options.ts';

/**
 * Runs one command and sets the exit code: 0 there was data, 1 nothing could be read or not all recorded, 2 usage, 130 Ctrl-C in a pipe,
 * 128 + N where signal N ended the screen or a recorder.
 */
export async function main(argv: readonly string[]): Promise<void> {
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		// A reader that has enough (`ktop --json | head -1`) is no error.
		if (error.code === 'EPIPE') {
			process.exit(0);
		}

		// The terminal is gone, which the system tells by SIGHUP too. Node 20 aborts where it exits without one (`ResetStdio`).
		if (error.code === 'EIO') {
			process.removeAllListeners('SIGHUP');
			process.kill(process.pid, 'SIGHUP');
		}

		process.stderr.write(`ktop: cannot write to standard output: ${systemErrorWords(error)}\n`);
		process.exit(1);
	});
	// A closed stderr leaves no place for a message.
	process.stderr.on('error', () => {});
	// Node would print the minified source and all that hangs on the error. The screen has a listener of its own, which restores
	// the terminal first.
	process.on('uncaughtException', error => {
		if (process.listenerCount('uncaughtException') === 1) {
			process.exit(printError(error, new Map()));
		}
	});
	const config = await readConfig(configPath(process.env, homedir()));
	const request = parseOptions(argv, process.env, config);
	switch (request.kind) {
		case 'help': {
			const {showFlags} = await import('./commands/help.ts');
			showFlags();
			break;
		}

		case 'topic': {
			const {showTopic} = await import('./commands/help.ts');
			process.exitCode = showTopic(request.name);
			break;
		}

		case 'explain': {
			const {explain} = await import('./commands/help.ts');
			process.exitCode = explain(request.text);
			break;
		}

		case 'completion': {
			const {printCompletion} = await import('./commands/completion.ts');
			process.exitCode = printCompletion(request.shell);
			break;
		}

		case 'complete': {
			const {complete} = await import('./commands/completion.ts');
			await complete(request.words, config);
			break;
		}

		case 'version':
			process.stdout.write(`${process.env.KTOP_VERSION ?? 'development'}\n`);
			break;
		case 'problems':
			for (const problem of request.problems) {
				process.stderr.write(`ktop: ${problem}\n`);
			}

			process.exitCode = 2;
			break;
		case 'run':
			process.exitCode = await guard(request, log => run(request.options, log));
			break;
		case 'doctor':
			process.exitCode = await guard(request, async log => {
				const {doctor} = await import('./commands/doctor.ts');
				return doctor(request.options, log);
			});
			break;
		case 'record':
			process.exitCode = await guard(request, async log => {
				const {record} = await import('./commands/record.ts');
				return record(request.options, log);
			});
			break;
		case 'replay':
			process.exitCode = await guard(request, async () => {
				const {replay} = await import('./commands/replay.ts');
				return replay(request.file, request.options);
			});
			break;
		case 'rbac': {
			const {rbac} = await import('./commands/rbac.ts');
			process.exitCode = await guard(request, async () => rbac(request.options));
		}
	}
}

async function run(options: OptionsOf<'run'>, log: Log | undefined): Promise<number> {
	const format = outputFormat(options);
	if (format === 'screen') {
		// Loaded only for the screen, so that a pipe starts faster.
		const {monitor} = await import('./commands/monitor.ts');
		return monitor(options, log);
	}

	return print({...options, output: {...options.output, format}}, log);
}

async function print(options: OptionsOf<'run'>, log: Log | undefined): Promise<number> {
	const interrupt = new AbortController();
	process.once('SIGINT', () => interrupt.abort());
	const {INTERRUPTED, printSnapshots} = await import('./commands/snapshot.ts');
	const exitCode = await printSnapshots(options, interrupt.signal, log);
	if (interrupt.signal.aborted) {
		process.stderr.write('ktop: interrupted\n');
		return INTERRUPTED;
	}

	return exitCode;
}

/** Runs a command and prints what it throws; both are in the log, if one is asked for. Returns the exit code. */
async function guard(
	{settings, invocation, diagnostics}: Call,
	command: (log: Log | undefined) => Promise<number>,
): Promise<number> {
	let log: Log | undefined;
	if (invocation.hidesSecrets) {
		// On Linux and macOS this replaces the arguments that other users see.
		process.title = invocation.commandLine;
	}

	try {
		if (diagnostics.logFile !== undefined) {
			const {startLog} = await import('./commands/start-log.ts');
			log = startLog(diagnostics.logFile, invocation, process);
		}

		return await command(log);
	} catch (error) {
		log?.('error', 'failed', describeError(error));
		return printError(error, settings);
	}
}

function describeError(error: unknown): Readonly<Record<string, LogValue>> {
	return error instanceof KtopError
		? {code: error.code, error: error.message, hint: error.hint}
		: {error: error instanceof Error ? (error.stack ?? error.message) : String(error)};
}

function printError(error: unknown, settings: Settings): number {
	if (error instanceof KtopError) {
		process.stderr.write(
			`ktop: ${printable(nameSettings(error.message, settings))}\n      ${printable(error.hint)}\n`,
		);
		return error.code === 'usage' ? 2 : 1;
	}

	const message = error instanceof Error ? error.message : String(error);
	process.stderr.write(`ktop: a defect: ${message}; KTOP_DEBUG=1 shows where\n`);
	if (process.env.KTOP_DEBUG && error instanceof Error) {
		process.stderr.write(`${error.stack}\n`);
	}

	return 1;
}
