import {absentNamespaces} from '../connect/absent.ts';
import {type LiveSession, startSession} from '../connect/live-session.ts';
import {openSources, openSourcesOrStandIn} from '../connect/open-sources.ts';
import {staleAfterMs} from '../connect/open-store.ts';
import {processSurroundings} from '../connect/surroundings.ts';
import {ViewedDescription} from '../connect/viewed-description.ts';
import type {PastSource} from '../history/past/past-source.ts';
import {handOver} from '../kubectl/hand-over.ts';
import {KtopError} from '../metrics/model/failure.ts';
import type {Log} from '../metrics/model/log.ts';
import type {Source} from '../metrics/model/view.ts';
import {ThresholdWatch, type WatchedNode} from '../metrics/store/threshold-watch.ts';
import type {OptionsOf} from '../options/options.ts';
import {pause} from '../scrape/pause.ts';
import {KubeletWorkers} from '../scrape/workers/kubelet-workers.ts';
import {firstSelection} from './first-selection.ts';
import {Publisher, pauseFor} from './publisher.ts';
import {type ScreenInput, showScreen} from './show-screen.ts';

/** How often to retry connecting while a history store replaces an unreachable source. */
const RECONNECT_MS = 5000;

/** The full screen, until the user quits; the exit code. */
export async function monitor(options: OptionsOf<'run'>, log?: Log): Promise<number> {
	let hasScreen = false;
	const surroundings = processSurroundings(() => hasScreen, log);
	const workers = new KubeletWorkers();
	const connect = async (): Promise<LiveSession> => {
		const sources = await openSources(options, surroundings, workers.open);
		return startSession(sources, options.polling, changed, {isAdvanced: true, log});
	};
	let publisher: Publisher | undefined;
	const startedAtMs = Date.now();
	const watch = new ThresholdWatch();
	const changed = (read?: WatchedNode): void => {
		if (read !== undefined) {
			watch.feedOne(read, Date.now());
		}

		publisher?.changed();
	};
	// First, so that a wrong `--history` is reported before anything else is opened.
	const past =
		options.origin.history &&
		(await (
			await import('../connect/open-past.ts')
		).openPast(options.origin.history, options.polling.requestTimeoutMs, {
			live: () => current.session.store,
			onChange: changed,
			isAlone: () => current.session.store.nodeCount === 0,
			log,
		}));
	const current = new CurrentSession(
		startSession(await openSourcesOrStandIn(options, surroundings, workers.open), options.polling, changed, {
			isAdvanced: true,
			log,
		}),
	);
	current.source = () => past ?? current.session.store;
	publisher = new Publisher(
		() => current.version(),
		() => {
			const {store, poller} = current.session;
			return pauseFor(store.nodeCount, poller.intervalMs, Date.now() - startedAtMs);
		},
		hasTime => current.session.store.advance(Date.now(), hasTime),
	);
	publisher.changed();
	publisher.subscribe(() => {
		const nowMs = Date.now();
		watch.feed(current.session.store.watchedNodes(nowMs), nowMs);
	});
	const description = new ViewedDescription(() => current.session.sources.describe, changed);
	const end = new AbortController();
	void reconnect(current, {connect, changed, log}, end.signal);
	try {
		hasScreen = true;
		return await showScreen(
			{source: () => current.source(), publisher, watch, feed: feedOf(current, past, description, options)},
			{
				screen: options.screen,
				selection: firstSelection(options.selection, current.session.sources.hidesNodes()),
			},
		);
	} finally {
		end.abort();
		description.close();
		publisher.stop();
		await past?.close();
		await current.session.stop();
		await workers.stop();
	}
}

/** Tries to connect until it succeeds; a session that is connected stays so. */
async function reconnect(
	current: CurrentSession,
	{
		connect,
		changed,
		log,
	}: {
		readonly connect: () => Promise<LiveSession>;
		readonly changed: () => void;
		readonly log: Log | undefined;
	},
	signal: AbortSignal,
): Promise<void> {
	let said: string | undefined;
	while (current.session.sources.isUnconnected === true) {
		await pause(RECONNECT_MS, signal);
		if (signal.aborted) {
			return;
		}

		try {
			const session = await connect();
			if (signal.aborted) {
				await session.stop();
				return;
			}

			await current.replace(session);
			changed();
		} catch (error) {
			if (!(error instanceof KtopError)) {
				throw error;
			}

			if (error.message !== said) {
				const {code, message, hint} = error;
				said = message;
				log?.('warn', 'still not connected', {code, error: message, hint});
			}
		}
	}
}

/** The session that is shown. It can be replaced; the version keeps increasing. */
class CurrentSession {
	source: () => Source;
	#session: LiveSession;
	#versionsBefore = 0;

	constructor(session: LiveSession) {
		this.#session = session;
		this.source = () => this.#session.store;
	}

	get session(): LiveSession {
		return this.#session;
	}

	version(): number {
		return this.#versionsBefore + this.source().version;
	}

	async replace(session: LiveSession): Promise<void> {
		const before = this.#session;
		this.#versionsBefore = this.version() + 1;
		this.#session = session;
		await before.stop();
	}
}

/** The longest window with a history store, which holds more than the rings. */
const LONGEST_WINDOW_MS = 7 * 86_400_000;

/** The screen's access to the session. */
function feedOf(
	current: CurrentSession,
	past: PastSource | undefined,
	description: ViewedDescription,
	options: OptionsOf<'run'>,
): ScreenInput['feed'] {
	return {
		now: Date.now,
		label: () => current.session.sources.label,
		isDemo: current.session.sources.isDemo,
		hasInventory: () => current.session.sources.inventory !== undefined,
		notices: () => {
			const {inventory, notices} = current.session.sources;
			const absent =
				inventory === undefined
					? absentNamespaces(current.source(), options.selection.namespaces, Date.now())
					: [];
			return [...absent, ...notices(), ...(past?.notices() ?? [])];
		},
		past: past && {
			status: () => past.status,
			seamMs: () => past.seamMs(),
			keptInstead: (kind, series) => past.keptInstead(kind, series),
			isLoading: cursor => past.isLoading(cursor),
		},
		description: {
			setViewed: object => description.setViewed(object),
			of: object => description.of(object),
			isAvailable: () => description.isAvailable,
		},
		intervalMs: () => current.session.poller.intervalMs,
		staleAfterMs: () => staleAfterMs(current.session.actualIntervalMs()),
		windowMs:
			past === undefined ? options.polling.windowMs : Math.max(options.polling.windowMs, LONGEST_WINDOW_MS),
		handOver:
			options.origin.sources.length === 0 || options.origin.sources.some(({kind}) => kind === 'kubernetes')
				? (to, row) => handOver(to, row, current.session.sources, options)
				: undefined,
		polling: {
			setIntervalMs: intervalMs => current.session.poller.setInterval(intervalMs),
			setVisibleNodes: ids => current.session.poller.setVisible(ids),
			setViewedNode: id => current.session.poller.setViewed(id),
			setProcesses: shown => current.session.poller.setProcesses(shown),
			overrunMs: () => current.session.poller.overrunMs,
		},
	};
}
