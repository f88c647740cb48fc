import {promisify} from 'node:util';
import {gzip} from 'node:zlib';
import type {StoreEndpoint} from '../../../http/create-store-endpoint.ts';
import {type Failure, KtopError} from '../../../metrics/model/failure.ts';
import {influxdbAnswerFailure} from '../query-failure.ts';
import type {Spool} from './spool.ts';

const compress = promisify(gzip);

export type BatchWriterOptions = {
	readonly endpoint: StoreEndpoint;
	/** A path in front of the store's own. */
	readonly prefix: string;
	readonly database: string;
	/** Makes the database ready and tells the retention policy to name; undefined: its default. Throws `KtopError`. */
	readonly prepare: (signal: AbortSignal) => Promise<string | undefined>;
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
	/** What waits for the store. */
	readonly waitingBytes: number;
	/** Why nothing is written at the moment. */
	readonly problem: Failure | undefined;
};

export type BatchWriter = {
	/** Takes lines in; resolves when they are on the disk, or counted as dropped where it is full. */
	readonly write: (lines: readonly string[]) => Promise<void>;
	readonly counters: () => WriterCounters;
	/** Resolves as soon as nothing waits, or the signal aborts. */
	readonly drained: (signal: AbortSignal) => Promise<void>;
	/** Writes what there is, in order, until the signal aborts; the oldest first. */
	readonly run: (signal: AbortSignal) => Promise<void>;
};

const DRAIN_LOOK_MS = 50;

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
	let prepared: {readonly retentionPolicy: string | undefined} | undefined;
	let wake = (): void => {};

	const send = async (lines: readonly string[], signal: AbortSignal): Promise<void> => {
		prepared ??= {retentionPolicy: await options.prepare(signal)};
		const {retentionPolicy} = prepared;
		const parameters = new URLSearchParams({
			db: options.database,
			...(retentionPolicy === undefined ? {} : {rp: retentionPolicy}),
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
			throw influxdbAnswerFailure(status, said.toString('utf8'), {
				origin: endpoint.origin,
				database: options.database,
			});
		}
	};

	const sendOldest = async (signal: AbortSignal): Promise<boolean> => {
		const batch = await spool.oldest();
		if (batch === undefined) {
			return false;
		}

		try {
			await send(batch.lines, signal);
			counters.pointsWritten += batch.lines.length;
		} catch (error) {
			if (!(error instanceof KtopError) || !isHopeless(error)) {
				// The database may be gone: it is made ready anew.
				prepared = undefined;
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
			try {
				await spool.add(lines);
			} catch (error) {
				if (!(error instanceof KtopError)) {
					throw error;
				}

				// The rounds go on: what is read later may find room.
				problem = failureOf(error);
				counters.failures++;
			}

			wake();
		},
		counters: () => ({
			...counters,
			pointsDropped: spool.droppedLines(),
			waitingBytes: spool.bytes(),
			problem,
		}),
		async drained(signal) {
			while (spool.bytes() > 0 && !signal.aborted) {
				await sleep(DRAIN_LOOK_MS, signal);
			}
		},
		async run(signal) {
			let pauseMs = FIRST_PAUSE_MS;
			while (!signal.aborted) {
				const awoken = new Promise<void>(resolve => {
					wake = resolve;
				});
				try {
					if (await sendOldest(signal)) {
						pauseMs = FIRST_PAUSE_MS;
					} else {
						await Promise.race([awoken, sleep(LONGEST_PAUSE_MS, signal)]);
					}
				} catch (error) {
					if (!(error instanceof KtopError)) {
						throw error;
					}

					problem = failureOf(error);
					counters.failures++;
					await sleep(pauseMs * (0.8 + 0.4 * random()), signal);
					pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
				}
			}
		},
	};
}

function failureOf({code, brief, message, hint}: KtopError): Failure {
	return {code, brief, message, hint};
}

/** The store understood, and will not have it: a line that is none, or another type than the field's. */
function isHopeless({code}: KtopError): boolean {
	return code === 'bad-answer';
}
