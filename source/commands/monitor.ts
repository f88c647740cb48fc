import type {Store} from '../metrics/store.ts';
import type {Options} from '../options/options.ts';
import {Poller} from '../scrape/poller.ts';
import type {Target} from '../scrape/target.ts';
import type {Feed} from '../ui/feed.ts';
import {startScreen} from '../ui/start-screen.tsx';
import {type OpenSources, openSources} from './open-sources.ts';
import {CONCURRENCY, openStore, staleAfterMs} from './open-store.ts';
import {Publisher, pauseFor} from './publisher.ts';
import {processSurroundings} from './surroundings.ts';

/** The full screen, until the user quits; the exit code. */
export async function monitor(options: Options): Promise<number> {
	let hasScreen = false;
	const sources = await openSources(
		options,
		processSurroundings(() => hasScreen),
	);
	const store = openStore(sources, options.windowMs);
	const publisher = new Publisher(
		() => store.version,
		() => pauseFor(store.nodeCount),
	);
	const poller = new Poller({
		targets: sources.targets,
		intervalMs: sources.intervalMs,
		timeoutMs: options.requestTimeoutMs,
		concurrency: CONCURRENCY,
		onScrape: (target: Target, {readings}, state) => {
			store.apply(target.id, readings, state);
			store.staleAfterMs = staleAfterMs(actualIntervalMs(poller));
			publisher.changed();
		},
		onFailure: (target, state) => {
			store.setState(target.id, state);
			publisher.changed();
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

		publisher.changed();
	});
	poller.start();
	try {
		hasScreen = true;
		await startScreen(feedOf(store, poller, sources, options, publisher), {
			stdin: process.stdin,
			stdout: process.stdout,
			level: options.level,
			sort: options.sort,
			filter: options.filter,
			namespace: options.namespace,
			hasColor: options.hasColor,
			symbols: options.symbols,
		});
	} finally {
		unfollow();
		publisher.stop();
		await poller.stop();
		await sources.close();
	}

	return 0;
}

/** How often nodes are really read, where a round takes longer than it should. */
function actualIntervalMs({intervalMs, overrunMs = 0}: Poller): number {
	return intervalMs + overrunMs;
}

/** What the screen may see of the store and ask of the poller. */
function feedOf(
	store: Store,
	poller: Poller,
	sources: OpenSources,
	options: Options,
	publisher: Publisher,
): Feed {
	return {
		source: {
			get version() {
				return publisher.version;
			},
			view: store.view.bind(store),
			cluster: store.cluster.bind(store),
			find: store.find.bind(store),
			history: store.history.bind(store),
			clusterHistory: store.clusterHistory.bind(store),
			span: store.span.bind(store),
		},
		now: Date.now,
		subscribe: listener => publisher.subscribe(listener),
		label: sources.label,
		isDemo: sources.isDemo,
		hasInventory: sources.inventory !== undefined,
		notices: sources.notices,
		intervalMs: () => poller.intervalMs,
		setIntervalMs: intervalMs => poller.setInterval(intervalMs),
		staleAfterMs: () => staleAfterMs(actualIntervalMs(poller)),
		windowMs: options.windowMs,
		setVisibleNodes: ids => poller.setVisible(ids),
		overrunMs: () => poller.overrunMs,
	};
}
