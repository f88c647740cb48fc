import {setTimeout as delay} from 'node:timers/promises';
import type {ClusterInventory, NodeInfo, PodInfo} from '../../metrics/model/inventory.ts';
import type {Log} from '../../metrics/model/log.ts';
import {ChangeLog} from '../../metrics/store/change-log.ts';
import type {ApiReader} from './api-reader.ts';
import {type CollectionStore, createCollectionStore, type StoreRegion} from './collection-store.ts';
import {createControllerWatch} from './controllers.ts';
import {
	type CollectionTracker,
	createInventoryStatus,
	type InventoryNotice,
	type ResourceStatus,
} from './inventory-status.ts';
import {type Interception, type Kept, keepEverywhere} from './keep-everywhere.ts';
import {decodeNode} from './node-decoder.ts';
import {decodePod} from './pod-decoder.ts';
import {reflect} from './reflector.ts';
import {type CollectionTarget, type InventoryScope, nodesTarget, podsTarget} from './target.ts';
import {defaultTuning, type Tuning} from './tuning.ts';

export type InventoryOptions = {
	readonly api: ApiReader;
	readonly scope: InventoryScope;
	readonly now?: () => number;
	readonly random?: () => number;
	readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
	readonly tuning?: Partial<Tuning>;
	readonly log?: Log | undefined;
};

/** The nodes and pods of a cluster, kept up to date by list and watch. Only sends GET. */
export type Inventory = ClusterInventory & {
	/** Calls `listener` after each change, up to hundreds per second. Returns a function that unsubscribes. */
	readonly subscribe: (listener: () => void) => () => void;
	/** One line for each resource that is hidden or delayed because a right is missing. */
	readonly notices: () => readonly InventoryNotice[];
	readonly status: (resource: 'nodes' | 'pods') => ResourceStatus;
	/**
	 * Starts list and watch. Resolves when each collection was listed or has failed once (see `status`). Runs until
	 * `signal` aborts or `close` is called. Must be called once.
	 */
	readonly start: (signal?: AbortSignal) => Promise<void>;
	/** Closes all connections and resolves when they are closed. */
	readonly close: () => Promise<void>;
};

export function createInventory(options: InventoryOptions): Inventory {
	const {api, scope, now = Date.now, random = Math.random, sleep = sleepOrAbort} = options;
	const tuning = {...defaultTuning, ...options.tuning};
	const listeners = new Set<() => void>();
	const closing = new AbortController();
	const log = new ChangeLog();
	let running: Promise<unknown> = Promise.resolve();
	const notify = () => {
		for (const listener of listeners) {
			listener();
		}
	};
	const changed = (resource: 'nodes' | 'pods', key: string | undefined) => {
		if (key === undefined) {
			log.noteAll();
		} else {
			log.note(resource, key);
		}
		notify();
	};
	const nodes = createCollectionStore<NodeInfo>(
		node => node.name,
		key => changed('nodes', key),
	);
	const pods = createCollectionStore<PodInfo>(
		pod => pod.uid,
		key => changed('pods', key),
	);
	const status = createInventoryStatus(now, () => changed('pods', undefined), options.log);
	const controllers = createControllerWatch(
		scope,
		{reader: api, tuning, random, sleep},
		{
			now,
			log: options.log,
			onChange: () => {
				log.noteOther();
				notify();
			},
		},
	);

	function keep<Item>(
		target: CollectionTarget,
		store: CollectionStore<Item>,
		decode: (object: unknown) => Item | undefined,
		signal: AbortSignal,
		intercept?: (region: StoreRegion<Item>, tracker: CollectionTracker) => Interception<Item>,
	): Kept<Item> {
		const tracker = status.track(target);
		const region = store.region();
		const end = reflect({
			reader: api,
			target,
			decode,
			region,
			tuning,
			random,
			sleep,
			signal,
			...tracker,
			...intercept?.(region, tracker),
		});
		return {region, tracker, end};
	}

	async function keepPods(signal: AbortSignal): Promise<void> {
		const keepOne = (namespace: string, until: AbortSignal) =>
			keep(podsTarget(scope, namespace), pods, decodePod, until);
		const {namespaces = [], fallbackNamespaces = []} = scope;
		if (namespaces.length > 0) {
			await Promise.all([...new Set(namespaces)].map(name => keepOne(name, signal).end));
			return;
		}
		await keepEverywhere<PodInfo>({
			keepAll: (until, intercept) => keep(podsTarget(scope), pods, decodePod, until, intercept),
			keepOne,
			fallback: [...new Set(fallbackNamespaces)],
			signal,
		});
	}

	return {
		nodes: () => nodes.items,
		pods: () => pods.items,
		version: () => log.version,
		changesSince: version => log.since(version),
		hasAllPods: status.hasAllPods,
		isSelective: scope.podSelector !== undefined,
		controllers: () => controllers.items,
		watchControllers: async () => {
			// What is selected of the pods says nothing about all that a controller wants.
			if (scope.podSelector === undefined && scope.nodeName === undefined && !closing.signal.aborted) {
				await controllers.start(closing.signal);
			}
		},
		isCurrent: only =>
			(['nodes', 'pods'] as const).every(resource => {
				const {isListed, problem} = status.of(resource);
				return !isListed || problem === undefined || (only !== undefined && only !== resource);
			}),
		subscribe: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		notices: status.notices,
		status: status.of,
		start: outer => {
			const signal = outer ? AbortSignal.any([outer, closing.signal]) : closing.signal;
			running = Promise.all([keep(nodesTarget(scope), nodes, decodeNode, signal).end, keepPods(signal)]);
			return Promise.race([status.settled(), running.then(() => undefined)]);
		},
		close: async () => {
			closing.abort();
			await Promise.all([running, controllers.ended()]);
		},
	};
}

async function sleepOrAbort(ms: number, signal: AbortSignal): Promise<void> {
	try {
		await delay(ms, undefined, {signal});
	} catch {
		// The caller checks the signal.
	}
}
