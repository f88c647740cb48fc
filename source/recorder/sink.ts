import type {Failure} from '../metrics/model/failure.ts';
import type {NodeState} from '../metrics/model/node-state.ts';
import type {Reading} from '../metrics/model/reading.ts';
import type {Store} from '../metrics/store/store.ts';

/** Cumulative, since the start. */
export type SinkCounters = {
	/** Points of a store; bytes of a file. */
	readonly written: number;
	/** Refused by the store as they are. */
	readonly refused: number;
	/** Given up, since more could not wait. */
	readonly dropped: number;
	/** What waits for the store now. */
	readonly waitingBytes: number;
	readonly failures: number;
	/** Why nothing is written at the moment. */
	readonly problem: Failure | undefined;
};

/** The rows of a round are those of the nodes that were read in it. */
export type RecordedRound = {
	readonly timeMs: number;
	readonly store: Store;
	readonly nodeIds: ReadonlySet<string>;
	/** Whether who is there is told by the API server now, and not by what it told before it was out. */
	readonly isInventoryCurrent: boolean;
};

/** Where a recorder writes to. None of these ever waits for a store. */
export type Sink = {
	/** `InfluxDB k8s at http://influx:8086`, `incident.ktop`; no credentials. */
	readonly label: string;
	readonly unit: 'points' | 'bytes';
	readonly onNode: (id: string, name: string, atMs: number) => void;
	readonly onGone: (id: string, atMs: number) => void;
	readonly onReadings: (id: string, readings: readonly Reading[]) => void;
	readonly onState: (id: string, state: NodeState, atMs: number) => void;
	/** Resolves when the round is where it outlives this process. Throws `KtopError` where that cannot be had. */
	readonly onRound: (round: RecordedRound) => Promise<void>;
	readonly counters: () => SinkCounters;
	/** Writes what can be written within `patienceMs`. */
	readonly close: (patienceMs: number) => Promise<void>;
};
