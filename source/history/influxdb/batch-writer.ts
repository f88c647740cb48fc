import {promisify} from 'node:util';
import {gzip} from 'node:zlib';
import type {StoreEndpoint} from '../../http/create-store-endpoint.ts';
import {type Failure, KtopError} from '../../metrics/failure.ts';
import {answerFailure} from './query-failure.ts';
import type {Spool} from './spool.ts';

const compress = promisify(gzip);

export type BatchWriterOptions = {
	readonly endpoint: StoreEndpoint;
	/** A path in front of the store's own. */
	readonly prefix: string;
	readonly database: string;
	readonly retentionPolicy: string;
	readonly timeoutMs: number;
	/** Where batches wait for a store that is out. */
	readonly spool: Spool;
	/** Resolves after so long, or as soon as the signal aborts; never throws. */
	readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
	readonly random: () => number;
};

/** Cumulative, since the start. */
export type WriterCounters = {
	readonly pointsWritten: number;
	/** Refused by the store as they are: no second try helps. */
	readonly pointsRefused: number;
	/** Lost because the spool was full. */
	readonly pointsDropped: number;
	readonly failures: number;
	/** Why nothing is written at the moment. */
	readonly problem: Failure | undefined;
};

export type BatchWriter = {
	/** Takes lines in; resolves when they are on the disk, or in a queue where there is none. */
	readonly write: (lines: readonly string[]) => Promise<void>;
	readonly counters: () => WriterCounters;
	/** Writes what there is, in order, until the signal aborts; the oldest first. */
	readonly run: (signal: AbortSignal) => Promise<void>;
};

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
const MAX_ANSWER_BYTES = 2 ** 20;

/**
 * Writes batches to InfluxDB, each at least once: the same point written twice is one point there. What the store cannot
 * take now is tried again with growing pauses; what it never will (400) is counted and left.
 */
export function createBatchWriter(options: BatchWriterOptions): BatchWriter {
	const {endpoint, spool, sleep, random} = options;
	const counters = {pointsWritten: 0, pointsRefused: 0, failures: 0};
	let problem: Failure | undefined;
	let wake = (): void => {};

	const send = async (lines: readonly string[]): Promise<void> => {
		const parameters = new URLSearchParams({
			db: options.database,
			rp: options.retentionPolicy,
			precision: 'ms',
		});
		const body = await compress(lines.join('\n'));
		const {status, body: said} = await endpoint.post(
			`${options.prefix}/write?${parameters}`,
			body,
			'text/plain; charset=utf-8',
			{timeoutMs: options.timeoutMs, maxBytes: MAX_ANSWER_BYTES, contentEncoding: 'gzip'},
		);
		if (status < 200 || status >= 300) {
			throw answerFailure(status, said.toString('utf8'), {
				origin: endpoint.origin,
				database: options.database,
			});
		}
	};

	const sendOldest = async (): Promise<boolean> => {
		const batch = await spool.oldest();
		if (batch === undefined) {
			return false;
		}

		try {
			await send(batch.lines);
			counters.pointsWritten += batch.lines.length;
		} catch (error) {
			if (!(error instanceof KtopError) || !isHopeless(error)) {
				throw error;
			}

			counters.pointsRefused += batch.lines.length;
			counters.failures++;
		}

		await spool.remove(batch);
		problem = undefined;
		return true;
	};

	return {
		async write(lines) {
			await spool.add(lines);
			wake();
		},
		counters: () => ({...counters, pointsDropped: spool.droppedLines(), problem}),
		async run(signal) {
			let pauseMs = FIRST_PAUSE_MS;
			while (!signal.aborted) {
				const awoken = new Promise<void>(resolve => {
					wake = resolve;
				});
				try {
					if (await sendOldest()) {
						pauseMs = FIRST_PAUSE_MS;
					} else {
						await Promise.race([awoken, sleep(LONGEST_PAUSE_MS, signal)]);
					}
				} catch (error) {
					if (!(error instanceof KtopError)) {
						throw error;
					}

					const {code, brief, message, hint} = error;
					problem = {code, brief, message, hint};
					counters.failures++;
					await sleep(pauseMs * (0.8 + 0.4 * random()), signal);
					pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
				}
			}
		},
	};
}

/** The store understood, and will not have it: a line that is none, or another type than the field's. */
function isHopeless({code}: KtopError): boolean {
	return code === 'bad-answer';
}
