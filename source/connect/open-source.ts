import type {ClusterAccess} from '../cluster/connection/access.ts';
import type {ClusterState} from '../metrics/model/cluster-state.ts';
import type {DescribedObject, Description} from '../metrics/model/description.ts';
import type {ClusterInventory} from '../metrics/model/inventory.ts';
import type {RosterChange} from '../scrape/node/node-roster.ts';
import type {Target} from '../scrape/target.ts';

/** What the API server says about an object. Rejects only if the signal aborts. */
export type Describe = (object: DescribedObject, signal: AbortSignal) => Promise<Description>;

/** Where a pod is: the name of its cluster, if several are read, and its uid. */
export type PodPlace = {readonly cluster?: string | undefined; readonly uid: string | undefined};

/** Several clusters that are read at once. */
export type OpenClusters = {
	/** By name. The inventory of a cluster that is not connected yet is empty. */
	readonly inventories: ReadonlyMap<string, ClusterInventory>;
	readonly states: () => readonly ClusterState[];
};

/** One open source: its targets, its inventory and its label, and how the targets change. */
export type OpenSource = {
	/** The targets known at the start. */
	readonly targets: readonly Target[];
	/** Undefined without an API server. */
	readonly inventory: ClusterInventory | undefined;
	/** `this machine`, `3 kubelets`, `prod-eu v1.36.2 as admin`, for the screen's header and JSON. */
	readonly label: string;
	/** Several clusters, in place of `inventory`. */
	readonly clusters?: OpenClusters | undefined;
	/**
	 * The access to the cluster of a pod, by the cluster's name or the pod's uid. Undefined if no cluster is read, or if the
	 * pod may be in any of several.
	 */
	readonly accessTo: (pod: PodPlace) => ClusterAccess | undefined;
	/** Reads an object of the cluster and its events; undefined without an API server. */
	readonly describe: Describe | undefined;
	/** The context of the kubeconfig. */
	readonly context: string | undefined;
	readonly kubernetesVersion: string | undefined;
	/** Resolves when every list of the inventory has succeeded or was refused. */
	readonly whenListed: Promise<void>;
	/** The targets added and removed since the last call, or since the last callback of `follow`. */
	readonly refresh: () => RosterChange;
	/** Calls back when nodes are added or removed. The result stops it. */
	readonly follow: (onChange: (change: RosterChange) => void) => () => void;
	/** False while the inventory may be out of date: objects known only from it may be gone. */
	readonly isInventoryCurrent: () => boolean;
	/** Whether the API server refuses to list nodes, so that they are known only from their pods. */
	readonly hidesNodes: () => boolean;
	/** A line for each name in the options that does not exist, with the names that do; also in `notices`. */
	readonly absent: () => readonly string[];
	/** A line for each kind of data that is missing or late because of a missing right or a failed request. */
	readonly notices: () => readonly string[];
	readonly close: () => Promise<void>;
};

export type OpenSources = OpenSource & {
	readonly isDemo: boolean;
	readonly intervalMs: number;
	/** Whether it only replaces a source that cannot be reached now. */
	readonly isUnconnected?: boolean;
};

const NO_CHANGE: RosterChange = {added: [], removed: []};

/** A source without targets. */
export const NO_SOURCE: OpenSource = {
	targets: [],
	inventory: undefined,
	label: '',
	accessTo: () => undefined,
	describe: undefined,
	context: undefined,
	kubernetesVersion: undefined,
	whenListed: Promise.resolve(),
	refresh: () => NO_CHANGE,
	follow: () => () => {},
	isInventoryCurrent: () => true,
	hidesNodes: () => false,
	absent: () => [],
	notices: () => [],
	close: async () => {},
};
