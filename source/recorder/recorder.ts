import type {OpenSources} from '../connect/open-source.ts';
import {CONCURRENCY, openStore} from '../connect/open-store.ts';
import {ScrapedNodes} from '../connect/scraped-nodes.ts';
import type {Failure} from '../metrics/model/failure.ts';
import type {Log} from '../metrics/model/log.ts';
import {isRecent} from '../metrics/model/recent.ts';
import type {OptionsOf} from '../options/options.ts';
import {Warnings} from '../output/warnings.ts';
import {pause} from '../scrape/pause.ts';
import {isRoundDue, nextRound, Rounds, type RoundTimes} from '../scrape/round.ts';
import {describeHealth, type RecorderHealth} from './health.ts';
import {startHealthServer} from './health-server.ts';
import {isOfShard} from './shard-of-node.ts';
import type {Sink} from './sink.ts';

/** How often the health is printed to stderr. */
const HEALTH_EVERY_MS = 60_000;

/** Reads all nodes once an interval, hands each round to the sinks, and counts both. */
export class Recorder {
	readonly #sources: OpenSources;
	readonly #sinks: readonly Sink[];
	readonly #options: OptionsOf<'record'>;
	readonly #store;
	readonly #nodes;
	readonly #rounds = new Rounds();
	readonly #warnings = new Warnings();
	/** The nodes that were read in this round. */
	#readIds = new Set<string>();
	#roundCount = 0;
	#reads = 0;
	#readFailures = 0;
	#nodesRead = 0;
	#lastRoundMs: number | undefined;
	/** By the clock that is never set: the end of the last round, or the start. */
	#idleSinceMs = performance.now();
	#lastRoundTookMs: number | undefined;
	#healthPrintedAtMs = Number.NEGATIVE_INFINITY;
	readonly #log: Log | undefined;
	/** The sinks that take nothing now, as the log has it: messages by label. */
	readonly #failing = new Map<string, string>();

	constructor(
		sources: OpenSources,
		sinks: readonly Sink[],
		options: OptionsOf<'record'>,
		log?: Log | undefined,
	) {
		this.#sources = sources;
		this.#sinks = sinks;
		this.#options = options;
		this.#log = log;
		this.#store = openStore(sources, 2 * sources.intervalMs);
		this.#nodes = new ScrapedNodes({
			store: this.#store,
			accepts: ({name}) => isOfShard(name, options.recording.shard),
			onNode: ({id, name}) => this.#each(sink => sink.onNode(id, name, Date.now())),
			onGone: id => this.#each(sink => sink.onGone(id, Date.now())),
			onReadings: ({id}, readings, state) => {
				this.#reads++;
				this.#readIds.add(id);
				this.#each(sink => sink.onReadings(id, readings));
				this.#each(sink => sink.onState(id, state, Date.now()));
			},
			onFailed: ({id, name}, state) => {
				this.#readFailures++;
				this.#each(sink => sink.onState(id, state, state.sinceMs));
				this.#warnings.once(`${name}: ${state.failure.message}; ${state.failure.hint}`);
			},
			log,
		});
		this.#nodes.update({added: sources.targets, removed: []});
	}

	/** The nodes that are read: all, or those of the shard. */
	get nodeCount(): number {
		return this.#nodes.size;
	}

	async run(signal: AbortSignal): Promise<number> {
		const {listen} = this.#options.recording;
		const {count = Number.POSITIVE_INFINITY} = this.#options.output;
		const server = listen && (await startHealthServer(listen, () => this.#health()));
		try {
			await this.#introduce(server?.port);
			while (this.#roundCount < count && !signal.aborted && !this.#sinks.every(sink => sink.hasEnded())) {
				const times = nextRound(Date.now(), this.#sources.intervalMs);
				await pause(times.dueMs - Date.now(), signal);
				if (!signal.aborted && isRoundDue(times, Date.now())) {
					await this.#round(times, signal);
					this.#report(Date.now());
				}
			}
		} finally {
			await this.#nodes.close();
			await server?.close();
		}

		if (this.#reads === 0) {
			this.#warnings.say(`nothing could be read of ${this.#sources.label}, and nothing was written`);
			return 1;
		}

		const ended = this.#sinks.filter(sink => sink.hasEnded());
		if (ended.length > 0) {
			this.#warnings.say(`not all was recorded: ${ended.map(({label}) => label).join(' and ')} took no more`);
			return 1;
		}

		return 0;
	}

	async #introduce(port: number | undefined): Promise<void> {
		await this.#sources.whenListed;
		const {shard} = this.#options.recording;
		const part = shard === undefined ? '' : `, part ${shard.index} of ${shard.count}`;
		const every = `every ${this.#sources.intervalMs / 1000} s`;
		this.#warnings.say(
			`recording ${this.#sources.label} (${this.#nodes.size === 1 ? '1 node' : `${this.#nodes.size} nodes`}${part}) ${every} to ${this.#sinks.map(({label}) => label).join(' and ')}`,
		);
		if (shard !== undefined && shard.count > 1) {
			this.#warnings.say(
				'a part of the nodes has no sums of namespaces and of the cluster: queries sum pods and nodes',
			);
		}

		if (port !== undefined) {
			this.#warnings.say(`health is served on port ${port}: /healthz and /metrics`);
		}
	}

	async #round({dueMs: timeMs, deadlineMs}: RoundTimes, signal: AbortSignal): Promise<void> {
		const startedMs = performance.now() - Math.max(Date.now() - timeMs, 0);
		this.#nodes.update(this.#sources.refresh());
		this.#readIds = new Set();
		await this.#rounds.read(this.#nodes.targets, {
			timeoutMs: this.#options.polling.requestTimeoutMs,
			concurrency: CONCURRENCY,
			deadlineMs,
			now: Date.now,
			signal,
			onScrape: this.#nodes.onScrape,
			onFailure: this.#nodes.onFailure,
		});
		if (signal.aborted) {
			return;
		}

		this.#roundCount++;
		this.#nodesRead = this.#readIds.size;
		this.#lastRoundMs = timeMs;
		this.#idleSinceMs = performance.now();
		this.#lastRoundTookMs = this.#idleSinceMs - startedMs;
		for (const sink of this.#sinks) {
			await sink.onRound({
				timeMs,
				store: this.#store,
				nodeIds: this.#readIds,
				isInventoryCurrent: this.#sources.isInventoryCurrent(),
			});
		}
	}

	#each(visit: (sink: Sink) => void): void {
		for (const sink of this.#sinks) {
			visit(sink);
		}
	}

	/** Prints the health once a minute, and problems of sinks and sources when they are new. */
	#report(nowMs: number): void {
		this.#reportSinks();
		for (const notice of this.#sources.notices()) {
			this.#warnings.once(notice);
		}

		if (!isRecent(this.#healthPrintedAtMs, nowMs, HEALTH_EVERY_MS)) {
			this.#healthPrintedAtMs = nowMs;
			this.#warnings.clear();
			this.#printHealth();
		}
	}

	#reportSinks(): void {
		for (const {label, counters} of this.#sinks) {
			const {problem} = counters();
			this.#logSink(label, problem);
			if (problem !== undefined) {
				this.#warnings.once(`${label}: ${problem.message}; ${problem.hint}`);
			}
		}
	}

	#logSink(label: string, problem: Failure | undefined): void {
		if (problem === undefined) {
			if (this.#failing.delete(label)) {
				this.#log?.('info', 'sink is written again', {sink: label});
			}
		} else if (this.#failing.get(label) !== problem.message) {
			this.#failing.set(label, problem.message);
			const {code, message, hint} = problem;
			this.#log?.('warn', 'sink cannot be written', {sink: label, code, error: message, hint});
		}
	}

	/** To be called when sinks are closed: why the last points wait may be known only then. */
	reportEnd(): void {
		this.#reportSinks();
		this.#printHealth();
	}

	#printHealth(): void {
		this.#warnings.say(describeHealth(this.#health()));
	}

	#health(): RecorderHealth {
		return {
			idleMs: performance.now() - this.#idleSinceMs,
			resolutionMs: this.#sources.intervalMs,
			rounds: this.#roundCount,
			nodesRead: this.#nodesRead,
			nodes: this.#nodes.size,
			reads: this.#reads,
			readFailures: this.#readFailures,
			lastRoundMs: this.#lastRoundMs,
			lastRoundTookMs: this.#lastRoundTookMs,
			sinks: this.#sinks,
		};
	}
}
