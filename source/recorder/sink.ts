import type {Failure} from '../metrics/model/failure.ts';
import type {NodeState} from '../metrics/model/node-state.ts';
import type {Reading} from '../metrics/model/reading.ts';
import type {Store} from '../metrics/store/store.ts';

/** Counters since the start. */
export type SinkCounters = {
	/** Points for a store, bytes for a file. */
	readonly written: number;
	/** Rejected by the store as invalid. */
	readonly refused: number;
	/** Dropped because the spool was full. */
	readonly dropped: number;
	/** Spooled and not yet written. */
	readonly waitingBytes: number;
	readonly failures: number;
	/** Why writing fails now; undefined if it does not. */
	readonly problem: Failure | undefined;
};

/** One round. `nodeIds` are the nodes that were read in it; only their rows belong to the round. */
export type RecordedRound = {
	readonly timeMs: number;
	readonly store: Store;
	readonly nodeIds: ReadonlySet<string>;
	/** False while the API server is unreachable, so that nodes and pods may be out of date. */
	readonly isInventoryCurrent: boolean;
};

/** The destination of a recorder. No function waits for a remote store. */
export type Sink = {
	/** `InfluxDB k8s at http://influx:8086`, `incident.ktop`; no credentials. */
	readonly label: string;
	readonly unit: 'points' | 'bytes';
	readonly onNode: (id: string, name: string, atMs: number) => void;
	readonly onGone: (id: string, atMs: number) => void;
	readonly onReadings: (id: string, readings: readonly Reading[]) => void;
	readonly onState: (id: string, state: NodeState, atMs: number) => void;
	/** Resolves when the round is on disk. Throws `KtopError` if it cannot be written there. */
	readonly onRound: (round: RecordedRound) => Promise<void>;
	readonly counters: () => SinkCounters;
	/** Whether it will never take anything again: a recording on a full disk. A store comes back. */
	readonly hasEnded: () => boolean;
	/** Writes as many spooled points as possible within `patienceMs`. */
	readonly close: (patienceMs: number) => Promise<void>;
};
