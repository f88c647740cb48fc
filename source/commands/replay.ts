import {absentNamespaces} from '../connect/absent.ts';
import {downsamplingNotices, memoryBudget} from '../connect/memory-budget.ts';
import {staleAfterMs} from '../connect/open-store.ts';
import {PlaybackClock} from '../history/recording/playback-clock.ts';
import {Player} from '../history/recording/player.ts';
import {readRecording} from '../history/recording/read-recording.ts';
import type {RecordingHeader} from '../history/recording/recorded-event.ts';
import {ReplayedInventory} from '../history/recording/replayed-inventory.ts';
import type {Namespaces} from '../metrics/model/view.ts';
import {Store} from '../metrics/store/store.ts';
import {ThresholdWatch} from '../metrics/store/threshold-watch.ts';
import type {OptionsOf} from '../options/options.ts';
import {printView} from '../output/print-view.ts';
import {Warnings} from '../output/warnings.ts';
import {pause} from '../scrape/pause.ts';
import type {Feed} from '../ui/feed.ts';
import {outputFormat} from './output-format.ts';
import {Publisher, pauseFor} from './publisher.ts';
import type {CommonFeed} from './show-screen.ts';
import {asked} from './snapshot.ts';
import {boundHeaps} from './v8-flags.ts';

/** Capacity of the rings in moments, for going back in a recording. */
const MOMENTS = 2000;

/** How often to play the events that are due. */
const TICK_MS = 100;

/** Plays a recording on the screen, or prints its last state. Returns the exit code. */
export async function replay(file: string, options: OptionsOf<'replay'>): Promise<number> {
	const recording = await readRecording(file);
	const {header} = recording;
	const inventory = new ReplayedInventory();
	const budget = memoryBudget(options.polling.memoryBytes);
	const store = new Store({
		ringBytes: budget.ringBytes,
		capacity: Math.max(MOMENTS, Math.ceil(options.polling.windowMs / header.intervalMs) + 1),
		staleAfterMs: staleAfterMs(header.intervalMs),
		inventory: header.hasInventory ? inventory : undefined,
	});
	const player = new Player({recording, store, inventory});
	const coarsened = (): readonly string[] =>
		downsamplingNotices(store.downsampled, budget, header.intervalMs, '');
	const format = outputFormat(options);
	return format === 'screen'
		? showReplay(player, store, header, options, coarsened)
		: printReplay(player, store, header, {...options, output: {...options.output, format}}, coarsened);
}

async function printReplay(
	player: Player,
	store: Store,
	header: RecordingHeader,
	options: OptionsOf<'replay'>,
	coarsened: () => readonly string[],
): Promise<number> {
	const warnings = new Warnings();
	let absent: readonly string[] = [];
	const print = async (nowMs: number, isFirst: boolean): Promise<void> => {
		absent = absentNamespaces(store, options.selection.namespaces, nowMs);
		for (const line of absent) {
			warnings.once(line);
		}

		await printView(store, {
			...asked(options),
			nowMs,
			isFirst,
			sourceLabel: header.label,
			context: header.context,
			kubernetesVersion: header.kubernetesVersion,
			isDemo: header.isDemo,
			staleAfterMs: staleAfterMs(header.intervalMs),
			notices: [...absent, ...(player.cut === undefined ? [] : [player.cut]), ...coarsened()],
		});
	};
	let printed = 0;
	if (options.output.isWatching) {
		const total = options.output.count ?? Number.POSITIVE_INFINITY;
		for (
			let dueMs = header.startedAtMs + header.intervalMs;
			!player.hasEnded && printed < total;
			dueMs += header.intervalMs
		) {
			const waitMs = ((await player.peekMs()) ?? dueMs) - dueMs;
			dueMs += Math.max(Math.ceil(waitMs / header.intervalMs), 0) * header.intervalMs;
			if (await player.playTo(dueMs)) {
				await print(dueMs, printed++ === 0);
			}
		}
	} else {
		await player.playTo(Number.POSITIVE_INFINITY);
		await print(player.newestMs, true);
		printed++;
	}

	if (player.cut !== undefined) {
		warnings.say(`${player.cut}: replayed up to there`);
	}

	const hasSample = store
		.rows('nodes', {}, 'live', player.newestMs)
		.some(({receivedAtMs}) => receivedAtMs !== undefined);
	if (printed > 0 && hasSample) {
		return absent.length === 0 ? 0 : 1;
	}

	warnings.say('the recording holds no sample of any node');
	return 1;
}

async function showReplay(
	player: Player,
	store: Store,
	header: RecordingHeader,
	options: OptionsOf<'replay'>,
	coarsened: () => readonly string[],
): Promise<number> {
	boundHeaps(() => store.nodeCount);
	const clock = new PlaybackClock(
		(await player.peekMs()) ?? header.startedAtMs,
		options.playback.speed,
		Date.now,
	);
	const publisher = new Publisher(
		() => store.version,
		() => pauseFor(store.nodeCount, 0, 0),
	);
	const watch = new ThresholdWatch();
	const end = new AbortController();
	const play = async (): Promise<void> => {
		while (!end.signal.aborted && !player.hasEnded) {
			if (await playWatched(player, store, watch, header.intervalMs, clock.now())) {
				publisher.changed();
			}

			if (player.hasEnded) {
				clock.endAt(player.newestMs);
				publisher.changed();
			}

			await pause(TICK_MS, end.signal);
		}
	};
	const {loadScreen, showScreen} = await import('./show-screen.ts');
	const screen = await loadScreen(options);
	const playing = play();
	try {
		return await showScreen(
			screen,
			{
				source: () => store,
				publisher,
				events: () => watch.events(),
				feedOf: common => ({
					...common,
					...feedOf(player, store, header, clock, options.selection.namespaces, coarsened),
				}),
			},
			options,
		);
	} finally {
		end.abort();
		publisher.stop();
		await playing;
	}
}

/**
 * Plays up to a time in steps of one interval, so that the threshold watch sees every moment of a fast or skipped
 * recording. Times passed to the watch never go back.
 */
async function playWatched(
	player: Player,
	store: Store,
	watch: ThresholdWatch,
	intervalMs: number,
	toMs: number,
): Promise<boolean> {
	let hasPlayed = false;
	for (
		let nextMs = await player.peekMs();
		nextMs !== undefined && nextMs <= toMs;
		nextMs = await player.peekMs()
	) {
		hasPlayed = await player.playTo(Math.min(nextMs + intervalMs - 1, toMs));
		const nowMs = player.newestMs;
		watch.feed(store.watchedNodes(nowMs), nowMs);
	}

	return hasPlayed;
}

function feedOf(
	player: Player,
	store: Store,
	header: RecordingHeader,
	clock: PlaybackClock,
	namespaces: Namespaces,
	coarsened: () => readonly string[],
): Omit<Feed, keyof CommonFeed> {
	return {
		now: () => clock.now(),
		label: () => `replay of ${header.label}`,
		isDemo: header.isDemo,
		hasInventory: () => header.hasInventory,
		notices: () => [
			...(player.hasEnded ? [player.cut ?? 'the recording ends here; [ goes back, q quits'] : []),
			...absentNamespaces(store, namespaces, clock.now()),
			...coarsened(),
		],
		past: undefined,
		playback: {
			speed: () => clock.speed,
			setSpeed: speed => clock.setSpeed(speed),
			skip: byMs => clock.skipTo(clock.now() + byMs),
		},
		intervalMs: () => header.intervalMs,
		staleAfterMs: () => staleAfterMs(header.intervalMs),
		windowMs: Math.max(MOMENTS * header.intervalMs, 0),
		polling: undefined,
	};
}
