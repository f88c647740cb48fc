import {setTimeout as delay} from 'node:timers/promises';
import type {ClusterInventory, NodeInfo, PodInfo} from '../../metrics/model/inventory.ts';
import type {Log} from '../../metrics/model/log.ts';
import {ChangeLog} from '../../metrics/store/change-log.ts';
import type {ApiReader} from './api-reader.ts';
import {createCollectionStore} from './collection-store.ts';
import {createControllerWatch} from './controllers.ts';
import {createInventoryStatus, type InventoryNotice, type ResourceStatus} from './inventory-status.ts';
import {keepCollection, keepWithin} from './keep-collection.ts';
import {decodeNode} from './node-decoder.ts';
import {decodePod} from './pod-decoder.ts';
import {type InventoryScope, nodesTarget, podsTarget} from './target.ts';
import {defaultTuning, type Tuning} from './tuning.ts';

export type InventoryOptions = {
	readonly api: ApiReader;
	readonly scope: InventoryScope;
	readonly now?: () => number;
	readonly random?: () => number;
	readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
	readonly tuning?: Partial<Tuning>;
	/** Whether it is read once: nothing is watched then. */
	readonly isOnce?: boolean | undefined;
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
	const {api, scope, now = Date.now, random = Math.random, sleep = sleepOrAbort, isOnce = false} = options;
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
	const reflecting = {reader: api, tuning, random, sleep, isOnce};
	const controllers = createControllerWatch(scope, reflecting, {
		now,
		log: options.log,
		onChange: () => {
			log.noteOther();
			notify();
		},
	});

	const keepNodes = (signal: AbortSignal): Promise<void> =>
		keepCollection(nodesTarget(scope), {store: nodes, status, decode: decodeNode, reflecting}, signal).end;
	const keepPods = (signal: AbortSignal): Promise<void> =>
		keepWithin<PodInfo>(
			scope,
			(namespace, until, intercept) =>
				keepCollection(
					podsTarget(scope, namespace),
					{store: pods, status, decode: decodePod, reflecting},
					until,
					intercept,
				),
			signal,
		);

	return {
		nodes: () => nodes.items,
		pods: () => pods.items,
		version: () => log.version,
		changesSince: version => log.since(version),
		hasAllPods: status.hasAllPods,
		hasAllNodes: () => status.of('nodes').isListed,
		isSelective: scope.podSelector !== undefined,
		controllers: () => controllers.items,
		watchControllers: async () => {
			// What is selected of the pods says nothing about all that a controller wants.
			if (scope.podSelector === undefined && scope.nodeName === undefined && !closing.signal.aborted) {
				await controllers.start(closing.signal);
			}
		},
		isCurrent: only =>
			(only === 'pods' || isUpToDate(status.of('nodes'))) &&
			(only === 'nodes' || isUpToDate(status.of('pods'))),
		subscribe: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		notices: status.notices,
		status: status.of,
		start: outer => {
			const signal = outer ? AbortSignal.any([outer, closing.signal]) : closing.signal;
			running = Promise.all([keepNodes(signal), keepPods(signal)]);
			return Promise.race([status.settled(), running.then(() => undefined)]);
		},
		close: async () => {
			closing.abort();
			await Promise.all([running, controllers.ended()]);
		},
	};
}

/** False where what was listed may be out of date. */
function isUpToDate({isListed, problem}: ResourceStatus): boolean {
	return !isListed || problem === undefined;
}

async function sleepOrAbort(ms: number, signal: AbortSignal): Promise<void> {
	try {
		await delay(ms, undefined, {signal});
	} catch {
		// The caller checks the signal.
	}
}
