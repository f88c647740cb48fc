import type {Store} from '../metrics/store/store.ts';
import type {WatchedNode} from '../metrics/store/threshold-watch.ts';
import type {Options} from '../options/options.ts';
import {Poller} from '../scrape/poller.ts';
import type {Target} from '../scrape/target.ts';
import type {OpenSources} from './open-source.ts';
import {CONCURRENCY, openStore, staleAfterMs} from './open-store.ts';

/** What is being read: the sources, the poller that reads them, and the store that it fills. */
export type LiveSession = {
	readonly sources: OpenSources;
	readonly store: Store;
	readonly poller: Poller;
	/** How often nodes are really read, where a round takes longer than it should. */
	readonly actualIntervalMs: () => number;
	readonly stop: () => Promise<void>;
};

/** Reads `sources` from now on; calls back with every change, and with what was read where it is of one node. */
export function startSession(
	sources: OpenSources,
	polling: Options['polling'],
	onChange: (read?: WatchedNode) => void,
): LiveSession {
	const store = openStore(sources, polling.windowMs);
	const actualIntervalMs = (): number => poller.intervalMs + (poller.overrunMs ?? 0);
	const poller: Poller = new Poller({
		targets: sources.targets,
		intervalMs: sources.intervalMs,
		timeoutMs: polling.requestTimeoutMs,
		concurrency: CONCURRENCY,
		onScrape: (target: Target, {readings}, state) => {
			store.apply(target.id, readings, state);
			store.staleAfterMs = staleAfterMs(actualIntervalMs());
			onChange(store.watchedNode(target.id));
		},
		onFailure: (target, state) => {
			store.setState(target.id, state);
			onChange();
		},
	});
	const unfollow = sources.follow(({added, removed}) => {
		for (const target of added) {
			store.addNode(target.id, target.name);
			poller.add(target);
		}

		for (const id of removed) {
			poller.remove(id);
			store.removeNode(id);
		}

		onChange();
	});
	poller.start();
	return {
		sources,
		store,
		poller,
		actualIntervalMs,
		async stop() {
			unfollow();
			await poller.stop();
			await sources.close();
		},
	};
}
