import {spawn} from 'node:child_process';
import {missingPermission} from '../cluster/connection/api/permission.ts';
import {printable} from '../metrics/model/printable.ts';
import {systemErrorCode} from '../metrics/model/system-error.ts';

/** Bytes kept of the end of kubectl's stderr: more than one line. */
const COMPLAINT_BYTES = 4096;

/** How long to wait for the rest of stderr after kubectl has ended: a child process of it may keep the pipe open. */
const DRAIN_MS = 200;

/** The least width of an error message, in any terminal. */
const LEAST_SHOWN = 30;

const NOT_INSTALLED =
	'kubectl is not installed here, and l, p and s run it: install it, or put it on the PATH';

/** 128 + SIGINT. */
const INTERRUPTED = 130;

/** kubectl's message for a refusal. Newer versions then retry for 20 s without reading keys. */
const REFUSAL = /\(Forbidden\)|\bis forbidden: /;

/**
 * Runs kubectl in this terminal. Resolves with an error message of one line and at most `columns` cells, or undefined on
 * success; rejects if kubectl cannot be started. kubectl is ended at the first refusal. Ctrl-C ends it without an error.
 */
export function runKubectl(args: readonly string[], columns: number): Promise<string | undefined> {
	return new Promise((resolve, reject) => {
		const child = spawn('kubectl', [...args], {stdio: ['inherit', 'inherit', 'pipe']});
		// ktop's screen covers kubectl's output, so the message has to repeat the error.
		let complaint: Buffer = Buffer.alloc(0);
		let refusal: string | undefined;
		child.stderr.on('data', (chunk: Buffer) => {
			if (refusal !== undefined) {
				return;
			}

			process.stderr.write(chunk);
			complaint = Buffer.concat([complaint, chunk]).subarray(-COMPLAINT_BYTES);
			refusal = linesOf(complaint, 'whole').find(line => REFUSAL.test(line));
			if (refusal !== undefined) {
				child.kill('SIGTERM');
			}
		});
		const end = (signal: NodeJS.Signals): void => void child.kill(signal);
		// A signal that ends ktop ends kubectl too.
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
			resolve(
				refusal === undefined
					? problemOf(code, signal, linesOf(complaint, 'all').at(-1), columns)
					: refused(refusal, columns),
			);
		});
	});
}

/** Lines that are not blank; `whole` leaves out a last line without a newline. */
function linesOf(complaint: Buffer, which: 'whole' | 'all'): readonly string[] {
	const lines = complaint.toString('utf8').split(/[\r\n]+/);
	return (which === 'whole' ? lines.slice(0, -1) : lines)
		.map(line => printable(line.trim()))
		.filter(line => line !== '');
}

function refused(line: string, columns: number): string {
	const right = missingPermission(line);
	if (right === undefined) {
		return withEnd('kubectl is refused: ', line, columns);
	}

	const place = right.namespace === undefined ? '' : ` in namespace ${right.namespace}`;
	return `no right to ${right.verb} ${right.resource}${place}: ktop doctor prints what grants it`;
}

/** Undefined if kubectl succeeded or was interrupted. */
function problemOf(
	code: number | null,
	signal: NodeJS.Signals | null,
	said: string | undefined,
	columns: number,
): string | undefined {
	if (code === 0 || code === INTERRUPTED || signal === 'SIGINT') {
		return undefined;
	}

	const ending = code === null ? `was ended by ${signal}` : `ended with ${code}`;
	return said === undefined ? `kubectl ${ending}` : withEnd(`kubectl ${ending}: `, said, columns);
}

/** Shortens an error at its beginning, because the cause is at its end. */
function withEnd(beginning: string, said: string, columns: number): string {
	const room = Math.max(columns - beginning.length, LEAST_SHOWN);
	return said.length <= room
		? `${beginning}${said}`
		: `${beginning}…${said.slice(1 - room).replace(/^\S*\s+(?=.{20})/, ' ')}`;
}
