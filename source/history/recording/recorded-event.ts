import type {NodeInfo, PodInfo} from '../../metrics/model/inventory.ts';
import type {NodeState} from '../../metrics/model/node-state.ts';
import type {Reading} from '../../metrics/model/reading.ts';

/** The first line of a recording. */
export type RecordingHeader = {
	readonly startedAtMs: number;
	/** The label in the screen's header: `prod-eu v1.36.2 as admin`. */
	readonly label: string;
	readonly context: string | undefined;
	readonly kubernetesVersion: string | undefined;
	readonly isDemo: boolean;
	readonly intervalMs: number;
	readonly hasInventory: boolean;
};

/** The objects of the API server at one time. */
export type RecordedInventory = {
	readonly nodes: {readonly [name: string]: NodeInfo};
	readonly pods: {readonly [uid: string]: PodInfo};
	readonly hasAllPods: boolean;
	readonly isSelective: boolean;
	/** False while it was what the API server had said before it was out; absent in older recordings. */
	readonly isCurrent?: boolean | undefined;
};

/** Everything needed to replay a screen. Events are recorded in the order in which they happened. */
export type RecordedEvent =
	/** A node was added; also sent for each node at the start. */
	| {readonly kind: 'node'; readonly atMs: number; readonly id: string; readonly name: string}
	| {readonly kind: 'gone'; readonly atMs: number; readonly id: string}
	| {readonly kind: 'reading'; readonly atMs: number; readonly id: string; readonly reading: Reading}
	| {readonly kind: 'state'; readonly atMs: number; readonly id: string; readonly state: NodeState}
	| {readonly kind: 'inventory'; readonly atMs: number; readonly inventory: RecordedInventory};
