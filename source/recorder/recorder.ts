import type {OpenSources} from '../connect/open-source.ts';
import {CONCURRENCY, openStore} from '../connect/open-store.ts';
import {printable} from '../metrics/model/printable.ts';
import type {OptionsOf} from '../options/options.ts';
import {pause} from '../scrape/pause.ts';
import {nextRoundMs, Rounds} from '../scrape/round.ts';
import type {Target} from '../scrape/target.ts';
import {describeHealth, type RecorderHealth} from './health.ts';
import {startHealthServer} from './health-server.ts';
import {isOfShard} from './shard-of-node.ts';
import type {Sink} from './sink.ts';

/** How often health is told on stderr. */
const TELL_EVERY_MS = 60_000;

/** What of the resolution a round may take: the rest is for writing it down. */
const ROUND_SHARE = 0.9;

/** Rounds of reading and writing, and how they fare. */
export class Recorder {
	readonly #sources: OpenSources;
	readonly #sinks: readonly Sink[];
	readonly #options: OptionsOf<'record'>;
	readonly #store;
	readonly #targets = new Map<string, Target>();
	readonly #rounds = new Rounds();
	readonly #startedAtMs = Date.now();
	readonly #told = new Set<string>();
	#roundCount = 0;
	#reads = 0;
	#readFailures = 0;
	#nodesRead = 0;
	#lastRoundMs: number | undefined;
	#lastRoundTookMs: number | undefined;
	#toldAtMs = Number.NEGATIVE_INFINITY;

	constructor(sources: OpenSources, sinks: readonly Sink[], options: OptionsOf<'record'>) {
		this.#sources = sources;
		this.#sinks = sinks;
		this.#options = options;
		this.#store = openStore({...sources, targets: []}, 2 * sources.intervalMs);
		this.#add(sources.targets);
	}

	async run(signal: AbortSignal): Promise<number> {
		const {listen} = this.#options.recording;
		const {count = Number.POSITIVE_INFINITY} = this.#options.output;
		const server = listen && (await startHealthServer(listen, () => this.#health()));
		try {
			await this.#introduce(server?.port);
			while (this.#roundCount < count && !signal.aborted) {
				const dueMs = nextRoundMs(Date.now(), this.#sources.intervalMs);
				await pause(dueMs - Date.now(), signal);
				if (!signal.aborted) {
					await this.#round(dueMs, signal);
					this.#tell(Date.now());
				}
			}
		} finally {
			await Promise.allSettled([...this.#targets.values()].map(target => target.close()));
			await server?.close();
		}

		if (this.#reads === 0) {
			say(`nothing could be read of ${this.#sources.label}, and nothing was written`);
			return 1;
		}

		return 0;
	}

	async #introduce(port: number | undefined): Promise<void> {
		await this.#sources.whenListed;
		const {shard} = this.#options.recording;
		const part = shard === undefined ? '' : `, part ${shard.index} of ${shard.count}`;
		const every = `every ${this.#sources.intervalMs / 1000} s`;
		say(
			`recording ${this.#sources.label} (${this.#targets.size} nodes${part}) ${every} to ${this.#sinks.map(({label}) => label).join(' and ')}`,
		);
		if (shard !== undefined && shard.count > 1) {
			say('a part of the nodes has no sums of namespaces and of the cluster: queries sum pods and nodes');
		}

		if (port !== undefined) {
			say(`health is told on port ${port}: /healthz and /metrics`);
		}
	}

	async #round(timeMs: number, signal: AbortSignal): Promise<void> {
		this.#refresh();
		const nodeIds = new Set<string>();
		await this.#rounds.read([...this.#targets.values()], {
			timeoutMs: this.#options.polling.requestTimeoutMs,
			concurrency: CONCURRENCY,
			deadlineMs: timeMs + this.#sources.intervalMs * ROUND_SHARE,
			now: Date.now,
			signal,
			onScrape: ({id}, {readings, route, latencyMs, degraded}) => {
				const state = {kind: 'live', route, latencyMs, degraded} as const;
				this.#reads++;
				nodeIds.add(id);
				this.#store.apply(id, readings, state);
				this.#each(sink => sink.onReadings(id, readings));
				this.#each(sink => sink.onState(id, state, Date.now()));
			},
			onFailure: ({id, name}, failure) => {
				const nowMs = Date.now();
				const state = {
					kind: 'failed',
					failure,
					sinceMs: nowMs,
					attempts: 1,
					retryAtMs: nowMs,
				} as const;
				this.#readFailures++;
				this.#store.setState(id, state);
				this.#each(sink => sink.onState(id, state, nowMs));
				this.#once(`${name}: ${failure.message}; ${failure.hint}`);
			},
		});
		if (signal.aborted) {
			return;
		}

		this.#roundCount++;
		this.#nodesRead = nodeIds.size;
		this.#lastRoundMs = timeMs;
		this.#lastRoundTookMs = Date.now() - timeMs;
		for (const sink of this.#sinks) {
			await sink.onRound({
				timeMs,
				store: this.#store,
				nodeIds,
				isInventoryCurrent: this.#sources.isInventoryCurrent(),
			});
		}
	}

	#refresh(): void {
		const {added, removed} = this.#sources.refresh();
		for (const id of removed) {
			void this.#targets.get(id)?.close();
			this.#targets.delete(id);
			this.#store.removeNode(id);
			this.#each(sink => sink.onGone(id, Date.now()));
		}

		this.#add(added);
	}

	#add(targets: readonly Target[]): void {
		for (const target of targets) {
			if (!isOfShard(target.name, this.#options.recording.shard)) {
				continue;
			}

			void this.#targets.get(target.id)?.close();
			this.#targets.set(target.id, target);
			this.#store.addNode(target.id, target.name);
			this.#each(sink => sink.onNode(target.id, target.name, Date.now()));
		}
	}

	#each(visit: (sink: Sink) => void): void {
		for (const sink of this.#sinks) {
			visit(sink);
		}
	}

	/** Health now and then; what is wrong with a sink as soon as it is, and again when it is over. */
	#tell(nowMs: number): void {
		for (const {label, counters} of this.#sinks) {
			const {problem} = counters();
			if (problem !== undefined) {
				this.#once(`${label}: ${problem.message}; ${problem.hint}`);
			}
		}

		for (const notice of this.#sources.notices()) {
			this.#once(notice);
		}

		if (nowMs - this.#toldAtMs >= TELL_EVERY_MS) {
			this.#toldAtMs = nowMs;
			this.#told.clear();
			this.tellHealth();
		}
	}

	tellHealth(): void {
		say(describeHealth(this.#health()));
	}

	#once(line: string): void {
		if (!this.#told.has(line)) {
			this.#told.add(line);
			say(line);
		}
	}

	#health(): RecorderHealth {
		return {
			startedAtMs: this.#startedAtMs,
			resolutionMs: this.#sources.intervalMs,
			rounds: this.#roundCount,
			nodesRead: this.#nodesRead,
			nodes: this.#targets.size,
			reads: this.#reads,
			readFailures: this.#readFailures,
			lastRoundMs: this.#lastRoundMs,
			lastRoundTookMs: this.#lastRoundTookMs,
			sinks: this.#sinks,
		};
	}
}

function say(line: string): void {
	process.stderr.write(`ktop: ${printable(line)}\n`);
}
