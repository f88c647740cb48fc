import type {NodeInfo, PodInfo} from '../../metrics/model/inventory.ts';
import type {NodeState} from '../../metrics/model/node-state.ts';
import type {Reading} from '../../metrics/model/reading.ts';

/** What a recording begins with. */
export type RecordingHeader = {
	readonly startedAtMs: number;
	/** As the head of the screen called it: `prod-eu v1.36.2 as admin`. */
	readonly label: string;
	readonly context: string | undefined;
	readonly kubernetesVersion: string | undefined;
	readonly isDemo: boolean;
	readonly intervalMs: number;
	readonly hasInventory: boolean;
};

/** What the API server said at one time. */
export type RecordedInventory = {
	readonly nodes: {readonly [name: string]: NodeInfo};
	readonly pods: {readonly [uid: string]: PodInfo};
	readonly hasAllPods: boolean;
	readonly isSelective: boolean;
	/** False while it was what the API server had said before it was out; absent in older recordings. */
	readonly isCurrent?: boolean | undefined;
};

/** Everything that a screen needs to be the same again, in the order in which it came. */
export type RecordedEvent =
	/** A node came, or was there from the beginning. */
	| {readonly kind: 'node'; readonly atMs: number; readonly id: string; readonly name: string}
	| {readonly kind: 'gone'; readonly atMs: number; readonly id: string}
	| {readonly kind: 'reading'; readonly atMs: number; readonly id: string; readonly reading: Reading}
	| {readonly kind: 'state'; readonly atMs: number; readonly id: string; readonly state: NodeState}
	| {readonly kind: 'inventory'; readonly atMs: number; readonly inventory: RecordedInventory};
