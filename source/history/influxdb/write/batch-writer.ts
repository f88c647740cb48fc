import {promisify} from 'node:util';
import {gzip} from 'node:zlib';
import type {StoreEndpoint} from '../../../http/create-store-endpoint.ts';
import {type Failure, KtopError} from '../../../metrics/model/failure.ts';
import {startOfLine} from './count-lines.ts';
import type {LineBatch} from './line-protocol.ts';
import type {Batch, Spool} from './spool.ts';
import {writeAnswer} from './write-answer.ts';

const pack = promisify(gzip);

/** Of lines, level 6 takes three times as long for a tenth fewer bytes, and level 1 no less than 3. */
const PACKED = {level: 3};

export type BatchWriterOptions = {
	readonly endpoint: StoreEndpoint;
	/** A path in front of `/write`, without a slash at the end. */
	readonly prefix: string;
	readonly database: string;
	/** Creates the database and the policy if missing. Resolves with the retention policy, undefined for the default. Throws `KtopError`. */
	readonly prepare: (signal: AbortSignal) => Promise<string | undefined>;
	readonly timeoutMs: number;
	/** Keeps batches while InfluxDB is unavailable. */
	readonly spool: Spool;
	/** Resolves after `ms` or when the signal aborts. Never throws. */
	readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
	readonly random: () => number;
};

/** Cumulative, since the start. */
export type WriterCounters = {
	readonly pointsWritten: number;
	/** Rejected for good, so a retry would fail as well. */
	readonly pointsRefused: number;
	/** Lost because the spool was full. */
	readonly pointsDropped: number;
	readonly failures: number;
	/** Size of the spool. */
	readonly waitingBytes: number;
	/** Why the last batch was not written as a whole; undefined if it was. */
	readonly problem: Failure | undefined;
};

export type BatchWriter = {
	/** Spools lines. Resolves when they are on disk; if the disk is full, they count as dropped. */
	readonly write: (batch: LineBatch) => Promise<void>;
	readonly counters: () => WriterCounters;
	/** Resolves when the spool is empty or the signal aborts. */
	readonly drained: (signal: AbortSignal) => Promise<void>;
	/** Sends spooled batches, oldest first, until the signal aborts. */
	readonly run: (signal: AbortSignal) => Promise<void>;
};

type Refusal = {readonly points: number; readonly failure?: KtopError | undefined};

const NOTHING_REFUSED: Refusal = {points: 0};

const DRAIN_POLL_MS = 50;

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
const MAX_ANSWER_BYTES = 2 ** 20;

/**
 * Writes batches to InfluxDB at least once; writing a point again overwrites it. Failed batches are retried with
 * exponential backoff. Points that are rejected for good are counted and discarded.
 */
export function createBatchWriter(options: BatchWriterOptions): BatchWriter {
	const {endpoint, spool, sleep, random} = options;
	const counters = {pointsWritten: 0, pointsRefused: 0, failures: 0};
	let problem: Failure | undefined;
	let prepared: {readonly retentionPolicy: string | undefined} | undefined;
	let wake = (): void => {};

	/** Points that the store refused, and why. Throws `KtopError` where a retry makes sense. */
	const send = async (
		{body, lines}: Pick<Batch, 'body' | 'lines'>,
		signal: AbortSignal,
	): Promise<Refusal> => {
		prepared ??= {retentionPolicy: await options.prepare(signal)};
		const {retentionPolicy} = prepared;
		const parameters = new URLSearchParams({
			db: options.database,
			...(retentionPolicy === undefined ? {} : {rp: retentionPolicy}),
			precision: 'ms',
		});
		const {status, body: said} = await endpoint.post(
			`${options.prefix}/write?${parameters}`,
			await pack(body, PACKED),
			'text/plain; charset=utf-8',
			{timeoutMs: options.timeoutMs, maxBytes: MAX_ANSWER_BYTES, contentEncoding: 'gzip'},
		);
		const answer = writeAnswer(status, said.toString('utf8'), lines, {
			origin: endpoint.origin,
			database: options.database,
			flag: '--sink',
		});
		switch (answer.kind) {
			case 'stored':
				return NOTHING_REFUSED;
			case 'refused':
				return answer;
			case 'failed':
				throw answer.failure;
			case 'too-large': {
				// A proxy may accept less than InfluxDB does.
				if (lines <= 1) {
					return {points: 1, failure: answer.failure};
				}

				const half = Math.ceil(lines / 2);
				const at = startOfLine(body, half);
				// Without the line break between them.
				const first = await send({body: body.subarray(0, at - 1), lines: half}, signal);
				const second = await send({body: body.subarray(at), lines: lines - half}, signal);
				return {points: first.points + second.points, failure: second.failure ?? first.failure};
			}
		}
	};

	const sendOldest = async (signal: AbortSignal): Promise<boolean> => {
		const batch = await spool.oldest();
		if (batch === undefined) {
			return false;
		}

		let refused: Refusal;
		try {
			refused = await send(batch, signal);
		} catch (error) {
			// The database may have been deleted: prepare it again.
			prepared = undefined;
			throw error;
		}

		counters.pointsWritten += batch.lines - refused.points;
		counters.pointsRefused += refused.points;
		counters.failures += Number(refused.points > 0);
		await spool.remove(batch);
		problem = refused.failure?.toFailure();
		return true;
	};

	return {
		async write(batch) {
			try {
				await spool.add(batch);
			} catch (error) {
				if (!(error instanceof KtopError)) {
					throw error;
				}

				// Later rounds may find space again.
				problem = error.toFailure();
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
				await sleep(DRAIN_POLL_MS, signal);
			}
		},
		async run(signal) {
			let pauseMs = FIRST_PAUSE_MS;
			signal.addEventListener('abort', () => wake(), {once: true});
			while (!signal.aborted) {
				const idle = new AbortController();
				wake = () => idle.abort();
				try {
					if (await sendOldest(signal)) {
						pauseMs = FIRST_PAUSE_MS;
					} else {
						await sleep(LONGEST_PAUSE_MS, idle.signal);
					}
				} catch (error) {
					if (!(error instanceof KtopError)) {
						throw error;
					}

					problem = error.toFailure();
					counters.failures++;
					await sleep(pauseMs * (0.8 + 0.4 * random()), signal);
					pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
				}
			}
		},
	};
}
