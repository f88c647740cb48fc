import {type ChildProcess, spawn} from 'node:child_process';
import {Socket} from 'node:net';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {KtopError} from '../metrics/model/failure.ts';
import type {DemoOptions} from './model/cluster.ts';

export type DemoCluster = {
	/** The `url` of a kubelet has a path: `http://127.0.0.1:40123/nodes/worker-01`. */
	readonly nodes: ReadonlyArray<{readonly name: string; readonly url: string}>;
	/** The simulated API server: `http://127.0.0.1:40123`, without a path. */
	readonly apiUrl: string;
	/** A node's `url`; undefined for an unknown node. */
	readonly kubeletUrl: (node: string) => string | undefined;
	readonly close: () => Promise<void>;
};

const START_TIMEOUT_MS = 15_000;
/** Characters kept of the child's stderr. */
const MAX_STDERR_LENGTH = 2000;

/**
 * Starts the simulated API server and kubelets in a child process. It ends with `close` or with this process, and does
 * not keep this process alive. Throws `KtopError` (`server-error`) if it does not start.
 */
export async function startDemo(options: DemoOptions): Promise<DemoCluster> {
	const child = spawn(process.execPath, serverArguments(options), {
		...(isSingleExecutable ? {} : {cwd: dirname(serverPath())}),
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	const exited = new Promise<void>(resolve => {
		child.once('exit', () => resolve());
		child.once('error', () => resolve());
	});
	try {
		const {url, nodes} = parseGreeting(await greeting(child));
		release(child);
		const urls = new Map(nodes.map(name => [name, `${url}/nodes/${name}`]));
		return {
			nodes: [...urls].map(([name, kubelet]) => ({name, url: kubelet})),
			apiUrl: url,
			kubeletUrl: node => urls.get(node),
			async close() {
				child.ref();
				child.kill();
				await exited;
			},
		};
	} catch (error) {
		child.kill('SIGKILL');
		throw error;
	}
}

/** Written into the bundle. */
const isSingleExecutable = process.env.KTOP_SINGLE_EXECUTABLE === 'yes';

/** The first argument that makes the single executable the server. */
export const DEMO_SERVER = 'serve-demo-cluster';

function isSource(): boolean {
	return import.meta.url.endsWith('.ts');
}

/** The bundled chunks are directly in dist/. */
function serverPath(): string {
	return fileURLToPath(new URL(isSource() ? './server.ts' : './demo/server.js', import.meta.url));
}

function serverArguments(options: DemoOptions): readonly string[] {
	if (isSingleExecutable) {
		return [DEMO_SERVER, JSON.stringify(options)];
	}

	return [...(isSource() ? ['--import=tsx'] : []), serverPath(), JSON.stringify(options)];
}

/** The first line that the child writes. */
function greeting(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let output = '';
		let errors = '';
		const fail = (what: string): void => {
			clearTimeout(timer);
			reject(cannotStart(what, errors));
		};
		const timer = setTimeout(
			() => fail(`did not answer within ${START_TIMEOUT_MS / 1000} s`),
			START_TIMEOUT_MS,
		);
		child.stdin?.on('error', () => {});
		child.stderr?.setEncoding('utf8').on('data', (text: string) => {
			errors = (errors + text).slice(0, MAX_STDERR_LENGTH);
		});
		child.stdout?.setEncoding('utf8').on('data', (text: string) => {
			if (!output.includes('\n')) {
				output += text;
				if (output.includes('\n')) {
					clearTimeout(timer);
					resolve(output);
				}
			}
		});
		child.once('error', error => fail(error.message));
		child.once('close', (code, signal) => fail(`ended with ${signal ?? code}`));
	});
}

function parseGreeting(line: string): {readonly url: string; readonly nodes: readonly string[]} {
	// Written by server.ts, so it needs no checks.
	return JSON.parse(line);
}

function cannotStart(what: string, errors: string): KtopError {
	const reason = errors.match(/^\w*Error.*$/m)?.[0] ?? errors.trim().split('\n', 1).join('');
	return new KtopError({
		code: 'server-error',
		brief: 'demo did not start',
		message: `the process of the demo cluster ${what}${reason === '' ? '' : `: ${reason.slice(0, 200)}`}`,
		hint: 'try fewer nodes; if files of ktop were moved, reinstall it: it needs dist/demo/server.js',
	});
}

/** Lets this process exit while the child runs. */
function release(child: ChildProcess): void {
	child.unref();
	for (const stream of child.stdio) {
		if (stream instanceof Socket) {
			stream.unref();
		}
	}
}
