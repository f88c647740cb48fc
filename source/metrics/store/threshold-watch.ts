import {inCluster} from '../model/cluster-of-row.ts';
import {type ContainerEnd, ContainerEnds} from '../model/container-ends.ts';
import {highestInodeRatio} from '../model/inode-ratio.ts';
import {podLimits} from '../model/pod-limits.ts';
import {ratio} from '../model/ratio.ts';
import type {ContainerRow, NodeRow, PodRow} from '../model/row.ts';
import {THRESHOLDS, type ThresholdName} from '../model/threshold.ts';
import {highestFullnessOf, highestInodeRatioOf} from '../model/volumes.ts';
import {atOnce, InTurns, type Steps} from '../view/in-turns.ts';

/** Something that is, or was, above its threshold for a while. */
export type ThresholdEvent = {
	/** Kind and row: `memory node/id`. */
	readonly key: string;
	readonly what: ThresholdName | 'OOM killed' | 'failed';
	/** The row's level, id and name. */
	readonly level: 'nodes' | 'pods' | 'containers';
	readonly id: string;
	readonly name: string;
	readonly sinceMs: number;
	/** Undefined while it lasts. */
	readonly untilMs: number | undefined;
	/** The highest share and its time; for momentary events, how often they happened. */
	readonly peak: number;
	readonly peakAtMs: number;
};

/** An event ends below this share of the threshold, so that a value around it is one event (hysteresis). */
const OVER_BELOW = 0.95;

/** Consecutive samples that have to be above the threshold. */
const SAMPLES_TO_BEGIN = 2;

const MOST_EVENTS = 500;

/** How many nodes are checked between two looks at the clock: less than a millisecond. */
const NODES_A_STEP = 16;

/** A node with the rows of its pods and containers. */
export type WatchedNode = {
	readonly id: string;
	/** Changes with every change of the rows. */
	readonly revision: number;
	readonly rows: () => {
		readonly nodes: readonly NodeRow[];
		readonly pods: readonly PodRow[];
		readonly containers: readonly ContainerRow[];
	};
};

type Standing = {
	samples: number;
	/** The last sample that was checked; the same one again does not count. */
	seenAtMs: number | undefined;
	event: ThresholdEvent;
};

/** The states of one node by event key, as of a revision of its rows. */
type Watched = {revision: number; round: number; readonly standing: Map<string, Standing>};

/**
 * Watches rows for values that cross a threshold and keeps the last events; open ones are always kept. Time comes in as
 * a value. Only nodes that changed, or with a state that is about to become an event, are checked.
 */
export class ThresholdWatch {
	readonly #nodes = new Map<string, Watched>();
	readonly #ends = new ContainerEnds();
	readonly #rounds = new InTurns<void>();
	#round = 0;
	/** Ended events, oldest first. */
	#ended: readonly ThresholdEvent[] = [];

	/** Newest first; open events before ended ones. */
	events(): readonly ThresholdEvent[] {
		const open = [...this.#nodes.values()]
			.flatMap(({standing}) => [...standing.values()])
			.filter(({samples}) => samples >= SAMPLES_TO_BEGIN)
			.map(({event}) => event)
			.sort((one, other) => other.sinceMs - one.sinceMs);
		const over = [...this.#ended, ...this.#ends.list().map(eventOf)];
		return [...open, ...over.sort((one, other) => endMs(other) - endMs(one))];
	}

	/** Checks one node right after its scrape, so that all of them have less to do. */
	feedOne(node: WatchedNode, nowMs: number): void {
		this.#feed(node, nowMs, undefined);
	}

	/** Checks all nodes; events of nodes that are gone end. */
	feed(nodes: Iterable<WatchedNode>, nowMs: number): void {
		atOnce(this.#feedAll(nodes, nowMs));
	}

	/** The same as long as there is time; returns whether all are checked. The next call then begins anew. */
	advance(nodes: Iterable<WatchedNode>, nowMs: number, hasTime: () => boolean): boolean {
		return this.#rounds.advance(`${this.#round}`, () => this.#feedAll(nodes, nowMs), hasTime);
	}

	*#feedAll(nodes: Iterable<WatchedNode>, nowMs: number): Steps<void> {
		const round = this.#round + 1;
		let count = 0;
		for (const node of nodes) {
			const watched = this.#watched(node.id);
			watched.round = round;
			if (watched.revision !== node.revision || hasStateToBegin(watched.standing)) {
				this.#feed(node, nowMs, nowMs);
			}

			if (++count % NODES_A_STEP === 0) {
				yield;
			}
		}

		this.#round = round;
		for (const [id, watched] of this.#nodes) {
			if (watched.round !== round) {
				this.#nodes.delete(id);
				this.#endOthers(watched.standing, NOTHING, nowMs);
			}
		}
	}

	#feed({id, revision, rows}: WatchedNode, nowMs: number, stateMs: number | undefined): void {
		const watched = this.#watched(id);
		watched.revision = revision;
		this.#look(rows(), watched.standing, nowMs, stateMs);
	}

	#watched(id: string): Watched {
		const known = this.#nodes.get(id);
		if (known !== undefined) {
			return known;
		}

		const watched = {revision: Number.NaN, round: 0, standing: new Map<string, Standing>()};
		this.#nodes.set(id, watched);
		return watched;
	}

	#look(
		{nodes, pods, containers}: ReturnType<WatchedNode['rows']>,
		standing: Map<string, Standing>,
		nowMs: number,
		/** For rows without a sample time: each look at all nodes counts as one. */
		stateMs: number | undefined,
	): void {
		const seen = new Set<string>();
		const look = (
			what: ThresholdName,
			row: NodeRow | PodRow | ContainerRow,
			share: number | undefined,
			isState = false,
		): void => {
			if (share !== undefined && share >= THRESHOLDS[what] * OVER_BELOW) {
				const key = `${what} ${row.id}`;
				const sampleMs = isState ? stateMs : row.receivedAtMs;
				if (note(standing, key, what, row, share, sampleMs, nowMs)) {
					seen.add(key);
				}
			}
		};
		for (const row of nodes) {
			const {pressure, info, state} = row;
			look('cpu', row, ratio(row.cpuCores, info?.allocatable.cpuCores ?? row.cpuCapacityCores));
			look(
				'memory',
				row,
				ratio(row.memoryWorkingSetBytes, info?.allocatable.memoryBytes ?? row.memoryCapacityBytes),
			);
			look('file system', row, row.filesystemFullRatio);
			look('inodes', row, highestInodeRatio(row.filesystems));
			look('CPU pressure', row, percent(pressure?.cpuSomePercent));
			look('memory pressure', row, percent(pressure?.memorySomePercent));
			look('I/O pressure', row, percent(pressure?.ioSomePercent));
			const isUnread = state.kind === 'failed' || state.kind === 'stored';
			look('not read', row, isUnread && info?.isVirtual !== true ? 1 : undefined, true);
			look('not ready', row, info === undefined || info.readiness === 'Ready' ? undefined : 1, true);
		}

		this.#ends.look(pods, nowMs);
		for (const row of pods) {
			look('volume', row, highestFullnessOf(row.volumes));
			look('inodes', row, highestInodeRatioOf(row.volumes));
			// The limit of a pod's only container is reported below.
			if (row.info?.containers.length !== 1) {
				look('memory of limit', row, ratio(row.memoryWorkingSetBytes, podLimits(row)?.memoryBytes));
			}
		}

		for (const row of containers) {
			look('cpu of limit', row, ratio(row.cpuCores, row.cpuLimitCores));
			look('memory of limit', row, ratio(row.memoryWorkingSetBytes, row.memoryLimitBytes));
			look('throttled', row, row.throttledRatio);
		}

		this.#endOthers(standing, seen, nowMs);
	}

	#endOthers(standing: Map<string, Standing>, seen: ReadonlySet<string>, nowMs: number): void {
		for (const [key, over] of standing) {
			if (!seen.has(key)) {
				standing.delete(key);
				this.#end(over, nowMs);
			}
		}
	}

	#end({samples, event}: Standing, nowMs: number): void {
		if (samples >= SAMPLES_TO_BEGIN) {
			this.#ended = [...this.#ended.slice(-(MOST_EVENTS - 1)), {...event, untilMs: nowMs}];
		}
	}
}

function endMs({untilMs, sinceMs}: ThresholdEvent): number {
	return untilMs ?? sinceMs;
}

function eventOf({id, name, isOomKilled, atMs, times}: ContainerEnd): ThresholdEvent {
	const what = isOomKilled ? 'OOM killed' : 'failed';
	return {
		key: `${what} ${id}`,
		what,
		level: 'containers',
		id,
		name,
		sinceMs: atMs,
		untilMs: atMs,
		peak: times,
		peakAtMs: atMs,
	};
}

const NOTHING: ReadonlySet<string> = new Set();

/** Whether a state becomes an event at the next check although no row changes. */
function hasStateToBegin(standing: ReadonlyMap<string, Standing>): boolean {
	for (const {samples, event} of standing.values()) {
		if (samples < SAMPLES_TO_BEGIN && (event.what === 'not read' || event.what === 'not ready')) {
			return true;
		}
	}

	return false;
}

/** Whether the event is open: it begins at its threshold and ends a little below it. */
function note(
	standing: Map<string, Standing>,
	key: string,
	what: ThresholdName,
	row: NodeRow | PodRow | ContainerRow,
	share: number,
	sampleMs: number | undefined,
	nowMs: number,
): boolean {
	const known = standing.get(key);
	if (known === undefined) {
		if (share < THRESHOLDS[what]) {
			return false;
		}

		standing.set(key, {
			samples: sampleMs === undefined ? 0 : 1,
			seenAtMs: sampleMs,
			event: {
				key,
				what,
				level: `${row.kind}s`,
				id: row.id,
				name: inCluster(row.cluster, nameOf(row)),
				sinceMs: nowMs,
				untilMs: undefined,
				peak: share,
				peakAtMs: nowMs,
			},
		});
		return true;
	}

	if (sampleMs !== undefined && sampleMs !== known.seenAtMs) {
		known.samples++;
		known.seenAtMs = sampleMs;
	}

	if (share > known.event.peak) {
		known.event = {...known.event, peak: share, peakAtMs: nowMs};
	}

	return true;
}

function nameOf(row: NodeRow | PodRow | ContainerRow): string {
	switch (row.kind) {
		case 'node':
			return row.name;
		case 'pod':
			return `${row.namespace}/${row.name}`;
		case 'container':
			return row.pod === undefined
				? `${row.node}/${row.name}`
				: `${row.pod.namespace}/${row.pod.name}/${row.name}`;
	}
}

function percent(value: number | undefined): number | undefined {
	return value === undefined ? undefined : value / 100;
}
