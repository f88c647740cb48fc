import {ShortTurns} from '../http/short-turns.ts';
import type {Log} from '../metrics/model/log.ts';
import type {Store, StoreOptions} from '../metrics/store/store.ts';
import type {WatchedNode} from '../metrics/store/threshold-watch.ts';
import type {Options} from '../options/options.ts';
import {ClusterPollers} from '../scrape/cluster-pollers.ts';
import type {RosterChange} from '../scrape/node/node-roster.ts';
import {downsamplingNotices, memoryBudget} from './memory-budget.ts';
import type {OpenSources} from './open-source.ts';
import {CONCURRENCY, openStore, staleAfterMs} from './open-store.ts';
import {ScrapedNodes} from './scraped-nodes.ts';
import {sheddingNotice} from './shedding-notice.ts';

/** Open sources, the poller that scrapes them, and the store that it fills. */
export type LiveSession = {
	readonly sources: OpenSources;
	readonly store: Store;
	readonly poller: ClusterPollers;
	/** The interval at which nodes are read; longer than the poller's if a round takes longer. */
	readonly actualIntervalMs: () => number;
	/** What hides, delays or coarsens data: a line each. */
	readonly notices: () => readonly string[];
	readonly stop: () => Promise<void>;
};

/** How many nodes are added at once: some milliseconds. */
const NODES_A_STEP = 128;

/** Starts scraping `sources`. Calls back after every change, with the node if one was scraped. */
export async function startSession(
	sources: OpenSources,
	polling: Options['polling'],
	onChange: (read?: WatchedNode) => void,
	{log, ...options}: Pick<StoreOptions, 'isAdvanced'> & {readonly log?: Log | undefined} = {},
): Promise<LiveSession> {
	const budget = memoryBudget(polling.memoryBytes);
	const store = openStore(sources, polling.windowMs, {...options, ringBytes: budget.ringBytes});
	const actualIntervalMs = (): number => poller.intervalMs + (poller.overrunMs ?? 0);
	const nodes = new ScrapedNodes({
		store,
		onReadings: target => {
			store.staleAfterMs = staleAfterMs(actualIntervalMs());
			onChange(store.watchedNode(target.id));
		},
		onFailed: () => onChange(),
		onGone: id => poller.remove(id),
		log,
	});
	const poller = new ClusterPollers(sources.clusters?.inventories.keys() ?? [], {
		intervalMs: sources.intervalMs,
		timeoutMs: polling.requestTimeoutMs,
		concurrency: CONCURRENCY,
		onScrape: nodes.onScrape,
		onFailure: nodes.onFailure,
	});
	const update = (change: RosterChange): void => {
		for (const target of nodes.update(change)) {
			poller.add(target);
		}
	};
	const turns = new ShortTurns();
	for (let first = 0; first < sources.targets.length; first += NODES_A_STEP) {
		update({added: sources.targets.slice(first, first + NODES_A_STEP), removed: []});
		await turns.rest();
	}

	const unfollow = sources.follow(change => {
		update(change);
		onChange();
	});
	poller.start();
	return {
		sources,
		store,
		poller,
		actualIntervalMs,
		notices: () => [
			...sources.notices(),
			...poller.shedLoads.map(sheddingNotice),
			...downsamplingNotices(store.downsampled, budget, sources.intervalMs),
		],
		async stop() {
			unfollow();
			poller.stop();
			await nodes.close();
			await sources.close();
		},
	};
}
