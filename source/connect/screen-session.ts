import type {ConnectionEnvironment} from '../cluster/connection/options.ts';
import type {PastSource} from '../history/past/past-source.ts';
import {KtopError} from '../metrics/model/failure.ts';
import type {Source} from '../metrics/model/view.ts';
import {ThresholdWatch, type WatchedNode} from '../metrics/store/threshold-watch.ts';
import type {OptionsOf} from '../options/options.ts';
import {pause} from '../scrape/pause.ts';
import {KubeletWorkers} from '../scrape/workers/kubelet-workers.ts';
import {hasPast} from './has-past.ts';
import {type LiveSession, startSession} from './live-session.ts';
import {openSources, openSourcesOrStandIn} from './open-sources.ts';

/** How often to retry connecting while a history store replaces an unreachable source. */
const RECONNECT_MS = 5000;

/** All that the screen reads of one cluster: its sources and their threads, the history store, and the events. */
export type ScreenSession = {
	/** The options that it was opened with. */
	readonly options: OptionsOf<'run'>;
	readonly startedAtMs: number;
	/** Replaced when a source that could not be reached is connected. */
	readonly live: () => LiveSession;
	/** The history store if there is one, else the samples in memory. */
	readonly source: () => Source;
	/** Increases with every change of the answers of `source`, also when it is replaced. */
	readonly version: () => number;
	/** Makes the answers of `source` and `watch` ready as long as there is time; returns whether all is done. See `Store.advance`. */
	readonly advance: (hasTime: () => boolean) => boolean;
	readonly past: PastSource | undefined;
	readonly watch: ThresholdWatch;
	/** Ends all of it; resolves when no connection, thread or process of it is left. */
	readonly stop: () => Promise<void>;
};

/**
 * Opens the sources given by the options and starts to read them; calls back after each change. `isAsked`: it is an answer of
 * the history store, which somebody waits for, and no reading of a round. Aborting `life` ends the
 * opening. `beforeReading` is awaited between the two, for what takes long enough to be in the first latencies. Throws
 * `KtopError` if nothing can be opened, and then nothing of it is left.
 */
export async function openScreenSession(
	options: OptionsOf<'run'>,
	environment: ConnectionEnvironment,
	onChange: (isAsked: boolean) => void,
	life: AbortController,
	beforeReading?: () => Promise<void>,
): Promise<ScreenSession> {
	const {log} = environment;
	const surroundings = {...environment, signal: life.signal};
	const startedAtMs = Date.now();
	const workers = new KubeletWorkers();
	const watch = new ThresholdWatch();
	const changed = (read?: WatchedNode): void => {
		if (read !== undefined) {
			watch.feedOne(read, Date.now());
		}

		onChange(false);
	};
	const start = async (open: typeof openSources, before?: () => Promise<void>): Promise<LiveSession> => {
		const sources = await open(options, surroundings, workers.open);
		await before?.();
		return startSession(sources, options.polling, changed, {isAdvanced: true, log});
	};
	let live: LiveSession | undefined;
	const current = (): LiveSession => {
		if (live === undefined) {
			throw new Error('a source was read before it was opened');
		}

		return live;
	};
	// First, so that a wrong `--history` is reported before anything else is opened.
	const past = hasPast(options.origin)
		? await (await import('./open-past.ts')).openPast(options, {
				live: () => current().store,
				onChange: () => onChange(true),
				isAlone: () => current().store.nodeCount === 0,
				isAdvanced: true,
				log,
			})
		: undefined;
	const source = (): Source => past ?? current().store;
	let versionsBefore = 0;
	const version = (): number => versionsBefore + source().version;

	/** Tries to connect until it succeeds; a session that is connected stays so. */
	const reconnect = async (): Promise<void> => {
		let said: string | undefined;
		while (current().sources.isUnconnected === true && !life.signal.aborted) {
			await pause(RECONNECT_MS, life.signal);
			try {
				const connected = life.signal.aborted ? undefined : await start(openSources);
				if (connected !== undefined) {
					const before = current();
					versionsBefore = version() + 1;
					live = connected;
					await before.stop();
					changed();
				}
			} catch (error) {
				if (life.signal.aborted) {
					return;
				}

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
	};

	try {
		live = await start(openSourcesOrStandIn, beforeReading);
	} catch (error) {
		await past?.close();
		await workers.stop();
		throw error;
	}

	const reconnecting = reconnect();
	return {
		options,
		startedAtMs,
		live: current,
		source,
		version,
		advance(hasTime) {
			const {store} = current();
			const nowMs = Date.now();
			return (
				store.advance(nowMs, hasTime) &&
				past?.advance(hasTime) !== false &&
				watch.advance(store.watchedNodes(nowMs), nowMs, hasTime)
			);
		},
		past,
		watch,
		async stop() {
			life.abort();
			await reconnecting;
			await past?.close();
			await current().stop();
			await workers.stop();
		},
	};
}
