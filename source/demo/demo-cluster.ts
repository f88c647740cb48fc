import {type ChildProcess, spawn} from 'node:child_process';
import {Socket} from 'node:net';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {KtopError} from '../metrics/model/failure.ts';
import type {DemoOptions} from './model/cluster.ts';

/** A node's `url` is a kubelet's address with a path of its own: `http://127.0.0.1:40123/nodes/worker-01`. */
export type DemoCluster = {
	readonly nodes: ReadonlyArray<{readonly name: string; readonly url: string}>;
	/** The simulated API server: `http://127.0.0.1:40123`, no path. */
	readonly apiUrl: string;
	/** A node's `url`; undefined for a node that there is not. */
	readonly kubeletUrl: (node: string) => string | undefined;
	readonly close: () => Promise<void>;
};

const START_TIMEOUT_MS = 15_000;
/** How much of what the child complains about is kept. */
const KEPT_COMPLAINT = 2000;

/**
 * Starts the simulated API server and kubelets in a child process, which ends with `close` or with this process and never holds its
 * exit. Throws `KtopError` (`server-error`) where it does not start.
 */
export async function startDemo(options: DemoOptions): Promise<DemoCluster> {
	const child = spawn(process.execPath, serverArguments(options), {
		cwd: dirname(serverPath()),
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

function isSource(): boolean {
	return import.meta.url.endsWith('.ts');
}

/** In the bundle this code lies in dist/ itself, whatever the chunk is called. */
function serverPath(): string {
	return fileURLToPath(new URL(isSource() ? './server.ts' : './demo/server.js', import.meta.url));
}

function serverArguments(options: DemoOptions): readonly string[] {
	return [...(isSource() ? ['--import=tsx'] : []), serverPath(), JSON.stringify(options)];
}

/** The first line that the child writes. */
function greeting(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let said = '';
		let complaint = '';
		const fail = (what: string): void => {
			clearTimeout(timer);
			reject(cannotStart(what, complaint));
		};
		const timer = setTimeout(() => fail(`said nothing for ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
		child.stdin?.on('error', () => {});
		child.stderr?.setEncoding('utf8').on('data', (text: string) => {
			complaint = (complaint + text).slice(0, KEPT_COMPLAINT);
		});
		child.stdout?.setEncoding('utf8').on('data', (text: string) => {
			if (!said.includes('\n')) {
				said += text;
				if (said.includes('\n')) {
					clearTimeout(timer);
					resolve(said);
				}
			}
		});
		child.once('error', error => fail(error.message));
		child.once('close', (code, signal) => fail(`ended with ${signal ?? code}`));
	});
}

function parseGreeting(line: string): {readonly url: string; readonly nodes: readonly string[]} {
	// Our own server wrote it.
	return JSON.parse(line);
}

function cannotStart(what: string, complaint: string): KtopError {
	const reason = complaint.match(/^\w*Error.*$/m)?.[0] ?? complaint.trim().split('\n', 1).join('');
	return new KtopError({
		code: 'server-error',
		brief: 'demo did not start',
		message: `the demo cluster’s process ${what}${reason === '' ? '' : `: ${reason.slice(0, 200)}`}`,
		hint: 'try fewer nodes; if ktop was moved, install it again: dist/demo/server.js must lie beside it',
	});
}

function release(child: ChildProcess): void {
	child.unref();
	for (const stream of child.stdio) {
		if (stream instanceof Socket) {
			stream.unref();
		}
	}
}
