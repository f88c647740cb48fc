import {spawn} from 'node:child_process';
import {missingPermission} from '../cluster/connection/api/permission.ts';
import {systemErrorCode} from '../cluster/connection/system-error.ts';
import {printable} from '../metrics/model/printable.ts';

/** Of what kubectl wrote to stderr, the end that is kept: more than a line. */
const COMPLAINT_BYTES = 4096;

/** How long is waited, when kubectl has ended, for what it left in the pipe: a process that it started may hold that open. */
const DRAIN_MS = 200;

/** However narrow the terminal, so much of an error is told. */
const LEAST_SHOWN = 30;

const NOT_INSTALLED =
	'kubectl is not installed here, and l and s hand the terminal to it: install it, or put it on the PATH';

/** 128 + SIGINT. */
const INTERRUPTED = 130;

/** What kubectl says of a refusal; newer ones then try again for 20 s, a line each time and no ear for keys. */
const REFUSAL = /\(Forbidden\)|\bis forbidden: /;

/**
 * Runs kubectl in this terminal; resolves with what went wrong, in one line of at most `columns`, and rejects where it
 * cannot be started. It is ended at the first refusal. Ctrl-C ends what kubectl does, and is nothing that went wrong.
 */
export function runKubectl(args: readonly string[], columns: number): Promise<string | undefined> {
	return new Promise((resolve, reject) => {
		const child = spawn('kubectl', [...args], {stdio: ['inherit', 'inherit', 'pipe']});
		// What it said is on the screen that ktop leaves for its own: the message must tell it again.
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
			resolve(
				refusal === undefined
					? problemOf(code, signal, linesOf(complaint, 'all').at(-1), columns)
					: refused(refusal, columns),
			);
		});
	});
}

/** Lines that say something; `whole` leaves out the one that may go on. */
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

/** Undefined where it did what it was asked for, or was interrupted. */
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

/** The cause is at the end of an error: where there is no room for all of it, its beginning is left out. */
function withEnd(beginning: string, said: string, columns: number): string {
	const room = Math.max(columns - beginning.length, LEAST_SHOWN);
	return said.length <= room
		? `${beginning}${said}`
		: `${beginning}…${said.slice(1 - room).replace(/^\S*\s+(?=.{20})/, ' ')}`;
}
