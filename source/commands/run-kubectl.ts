import {spawn} from 'node:child_process';
import {systemErrorCode} from '../cluster/connection/system-error.ts';
import {printable} from '../metrics/printable.ts';

/** Of what kubectl wrote to stderr, the end that is kept: more than a line. */
const COMPLAINT_BYTES = 4096;

/** How long is waited, when kubectl has ended, for what it left in the pipe: a process that it started may hold that open. */
const DRAIN_MS = 200;

const NOT_INSTALLED =
	'kubectl is not installed here, and l and s hand the terminal to it: install it, or put it on the PATH';

/** 128 + SIGINT. */
const INTERRUPTED = 130;

/**
 * Runs kubectl in this terminal; resolves with what went wrong, in one line, and rejects where it cannot be started.
 * Ctrl-C ends what kubectl does, and is nothing that went wrong.
 */
export function runKubectl(args: readonly string[]): Promise<string | undefined> {
	return new Promise((resolve, reject) => {
		const child = spawn('kubectl', [...args], {stdio: ['inherit', 'inherit', 'pipe']});
		// What it said is on the screen that ktop leaves for its own: the message must tell it again.
		let complaint: Buffer = Buffer.alloc(0);
		child.stderr.on('data', (chunk: Buffer) => {
			process.stderr.write(chunk);
			complaint = Buffer.concat([complaint, chunk]).subarray(-COMPLAINT_BYTES);
		});
		const end = (signal: NodeJS.Signals): void => void child.kill(signal);
		// Whoever ends ktop means what runs in its terminal too.
		process.on('SIGTERM', end);
		process.on('SIGHUP', end);
		child.on('error', error => {
			if (systemErrorCode(error) === 'ENOENT') {
				resolve(NOT_INSTALLED);
			} else {
				reject(error);
			}
		});
		child.on('exit', () => setTimeout(() => child.stderr.destroy(), DRAIN_MS).unref());
		child.on('close', (code, signal) => {
			process.removeListener('SIGTERM', end);
			process.removeListener('SIGHUP', end);
			resolve(problemOf(code, signal, complaint.toString('utf8')));
		});
	});
}

/** Undefined where it did what it was asked for, or was interrupted. */
function problemOf(
	code: number | null,
	signal: NodeJS.Signals | null,
	complaint: string,
): string | undefined {
	if (code === 0 || code === INTERRUPTED || signal === 'SIGINT') {
		return undefined;
	}

	const said = complaint
		.split(/[\r\n]+/)
		.map(line => printable(line.trim()))
		.findLast(line => line !== '');
	const ending = code === null ? `was ended by ${signal}` : `ended with ${code}`;
	return said === undefined ? `kubectl ${ending}` : `kubectl ${ending}: ${said}`;
}
