import type {Store} from '../metrics/store.ts';
import type {Options} from '../options/options.ts';
import {Poller} from '../scrape/poller.ts';
import type {Target} from '../scrape/target.ts';
import type {Feed} from '../ui/feed.ts';
import {startScreen} from '../ui/start-screen.tsx';
import {CONCURRENCY, openStore, staleAfterMs} from './open-store.ts';
import {type OpenTargets, openTargets} from './open-targets.ts';

/** The full screen, until the user quits; the exit code. */
export async function monitor(options: Options): Promise<number> {
	const sources = await openTargets(options);
	const store = openStore(sources.targets, sources.intervalMs, options.windowMs);
	const listeners = new Set<() => void>();
	const changed = (): void => {
		for (const listener of listeners) {
			listener();
		}
	};
	const poller = new Poller({
		targets: sources.targets,
		intervalMs: sources.intervalMs,
		timeoutMs: options.requestTimeoutMs,
		concurrency: CONCURRENCY,
		onScrape: (target: Target, {readings}, state) => {
			store.apply(target.id, readings, state);
			changed();
		},
		onFailure: (target, state) => {
			store.setState(target.id, state);
			changed();
		},
	});
	poller.start();
	try {
		await startScreen(feedOf(store, poller, sources, options, listeners), {
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
		await poller.stop();
		await sources.close();
	}

	return 0;
}

/** What the screen may see of the store and ask of the poller. */
function feedOf(
	store: Store,
	poller: Poller,
	sources: OpenTargets,
	options: Options,
	listeners: Set<() => void>,
): Feed {
	return {
		source: {
			get version() {
				return store.version;
			},
			view: store.view.bind(store),
			cluster: store.cluster.bind(store),
			find: store.find.bind(store),
			history: store.history.bind(store),
			clusterHistory: store.clusterHistory.bind(store),
			span: store.span.bind(store),
		},
		now: Date.now,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		label: sources.label,
		isDemo: sources.isDemo,
		intervalMs: () => poller.intervalMs,
		setIntervalMs: intervalMs => poller.setInterval(intervalMs),
		staleAfterMs: staleAfterMs(sources.intervalMs),
		windowMs: options.windowMs,
		setVisibleNodes: ids => poller.setVisible(ids),
		overrunMs: () => poller.overrunMs,
	};
}
