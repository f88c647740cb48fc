import type {ClusterAccess} from '../cluster/connection/access.ts';
import type {ClusterInventory} from '../metrics/model/inventory.ts';
import type {RosterChange} from '../scrape/node/node-roster.ts';
import type {Target} from '../scrape/target.ts';

/** What is to be read, how to call it, and how that changes. */
export type OpenSource = {
	/** Those to begin with. */
	readonly targets: readonly Target[];
	/** Who is there, where an API server tells. */
	readonly inventory: ClusterInventory | undefined;
	/** `this machine`, `3 kubelets`, `prod-eu v1.36.2 as admin`, for the screen's head and JSON. */
	readonly label: string;
	/**
	 * How the cluster is reached that a pod is in; undefined where none is read, or where it is not certain which of
	 * several it is. A uid names one pod of all clusters.
	 */
	readonly accessTo: (podUid: string | undefined) => ClusterAccess | undefined;
	/** The context of the kubeconfig. */
	readonly context: string | undefined;
	readonly kubernetesVersion: string | undefined;
	/** Resolves when all of the inventory was listed, or what may not be was refused. */
	readonly whenListed: Promise<void>;
	/** What has come and gone since the last time this was asked or told. */
	readonly refresh: () => RosterChange;
	/** Calls back when nodes come and go; the result ends that. */
	readonly follow: (onChange: (change: RosterChange) => void) => () => void;
	/** False while the inventory may be out of date: then what only it tells of may be gone. */
	readonly isInventoryCurrent: () => boolean;
	/** Whether an API server refuses to list nodes, so that they are known by their pods alone. */
	readonly hidesNodes: () => boolean;
	/** What was asked for by its name and does not exist, a line each with what there is; among the notices too. */
	readonly absent: () => readonly string[];
	/** What is hidden or late for want of rights or of an answer, a line each. */
	readonly notices: () => readonly string[];
	readonly close: () => Promise<void>;
};

export type OpenSources = OpenSource & {
	readonly isDemo: boolean;
	readonly intervalMs: number;
	/** Whether it only stands for something that cannot be reached now. */
	readonly isUnconnected?: boolean;
};

const NO_CHANGE: RosterChange = {added: [], removed: []};

/** A source with nothing in it. */
export const NO_SOURCE: OpenSource = {
	targets: [],
	inventory: undefined,
	label: '',
	accessTo: () => undefined,
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
