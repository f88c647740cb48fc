import {absentNamespaces} from '../connect/absent.ts';
import {ContextSwitch, canSwitch} from '../connect/context-switch.ts';
import {KubeconfigContexts, readContexts} from '../connect/kubeconfig-contexts.ts';
import {staleAfterMs} from '../connect/open-store.ts';
import {openScreenSession} from '../connect/screen-session.ts';
import {processSurroundings} from '../connect/surroundings.ts';
import {ViewedDescription} from '../connect/viewed-description.ts';
import {watchControllers} from '../connect/watch-controllers.ts';
import {handOver} from '../kubectl/hand-over.ts';
import type {Log} from '../metrics/model/log.ts';
import type {OptionsOf} from '../options/options.ts';
import type {ContextsFeed, Feed} from '../ui/feed.ts';
import {firstSelection} from './first-selection.ts';
import {gatherFor, Publisher, pauseFor} from './publisher.ts';
import {type CommonFeed, type LoadedScreen, loadScreen, showScreen} from './show-screen.ts';
import {boundHeaps, leaveParserUnoptimized} from './v8-flags.ts';

/** The full screen, until the user quits; the exit code. */
export async function monitor(options: OptionsOf<'run'>, log?: Log): Promise<number> {
	let nodeCount = (): number | undefined => undefined;
	const heaps = boundHeaps(() => nodeCount());
	leaveParserUnoptimized();
	let hasScreen = false;
	const surroundings = processSurroundings(() => hasScreen, log);
	let publisher: Publisher | undefined;
	const changed = (): void => publisher?.changed();
	/** What was not asked for comes by itself: others of its round may follow. */
	const read = (isAsked: boolean): void => publisher?.changed(isAsked ? undefined : sinceStart(gatherFor));
	let loading: Promise<LoadedScreen> | undefined;
	const load = async (): Promise<void> => {
		hasScreen = true;
		loading = loadScreen(options);
		await loading;
	};
	const shown = new ContextSwitch(
		await openScreenSession(options, surroundings, read, new AbortController(), load),
		(others, life) => openScreenSession(others, surroundings, read, life),
		changed,
		log,
	);
	const live = () => shown.session.live();
	nodeCount = () => live().store.nodeCount;
	const sinceStart = (waitFor: typeof pauseFor): number => {
		const {store, poller} = live();
		return waitFor(store.nodeCount, poller.intervalMs, Date.now() - shown.session.startedAtMs);
	};
	heaps.renew();
	publisher = new Publisher(
		() => shown.version(),
		() => sinceStart(pauseFor),
		hasTime => shown.session.advance(hasTime),
	);
	publisher.changed();
	const description = new ViewedDescription(() => live().sources.describe, changed);
	const contexts = new KubeconfigContexts(() => readContexts(options.cluster, surroundings), changed);
	try {
		return await showScreen(
			await (loading ?? loadScreen(options)),
			{
				source: () => shown.session.source(),
				events: () => shown.session.watch.events(),
				publisher,
				feedOf: common =>
					feedOf(common, shown, description, contexts, options, isAsked => isAsked && publisher?.expect()),
			},
			{
				screen: options.screen,
				selection: firstSelection(options.selection, live().sources.hidesNodes()),
			},
		);
	} finally {
		description.close();
		publisher.stop();
		await shown.stop();
	}
}

/** The longest window with a history store, which holds more than the rings. */
const LONGEST_WINDOW_MS = 7 * 86_400_000;

/** The screen's access to the session that is shown. */
function feedOf(
	common: CommonFeed,
	shown: ContextSwitch,
	description: ViewedDescription,
	contexts: KubeconfigContexts,
	options: OptionsOf<'run'>,
	onAsked: (isAsked: boolean) => void,
): Feed {
	const live = () => shown.session.live();
	let chosenIntervalMs: number | undefined;
	return {
		...common,
		now: Date.now,
		label: () => live().sources.label,
		isDemo: live().sources.isDemo,
		hasInventory: () => live().sources.inventory !== undefined || live().sources.clusters !== undefined,
		hasClusters: () => live().sources.clusters !== undefined,
		listsProcesses: () => live().sources.targets.some(target => target.listsProcesses),
		notices: () => {
			const {session, opening} = shown;
			const {inventory, clusters} = live().sources;
			const absent =
				inventory === undefined && clusters === undefined
					? absentNamespaces(session.source(), options.selection.namespaces, Date.now())
					: [];
			return [
				...(opening === undefined ? [] : [`opening the context ${opening} …`]),
				...absent,
				...live().notices(),
				...(session.past?.notices() ?? []),
			];
		},
		get past(): Feed['past'] {
			const {past} = shown.session;
			return (
				past && {
					status: () => past.status,
					seamMs: () => past.seamMs(),
					keptInstead: (kind, series) => past.keptInstead(kind, series),
					isLoading: cursor => past.isLoading(cursor),
				}
			);
		},
		description: {
			setViewed: object => description.setViewed(object),
			of: object => description.of(object),
			isAvailable: () => description.isAvailable,
		},
		watchControllers: () => void watchControllers(live().sources),
		intervalMs: () => live().poller.intervalMs,
		staleAfterMs: () => staleAfterMs(live().actualIntervalMs()),
		get windowMs() {
			const {windowMs} = options.polling;
			return shown.session.past === undefined ? windowMs : Math.max(windowMs, LONGEST_WINDOW_MS);
		},
		handOver:
			options.origin.sources.length === 0 || options.origin.sources.some(({kind}) => kind === 'kubernetes')
				? (to, row) => handOver(to, row, live().sources, shown.session.options)
				: undefined,
		contexts: canSwitch(options)
			? contextsFeed(shown, contexts, () => {
					if (chosenIntervalMs !== undefined) {
						live().poller.setInterval(chosenIntervalMs);
					}
				})
			: undefined,
		polling: {
			setIntervalMs: intervalMs => {
				chosenIntervalMs = intervalMs;
				live().poller.setInterval(intervalMs);
			},
			setVisibleNodes: ids => live().poller.setVisible(ids),
			setViewedNode: id => onAsked(live().poller.setViewed(id)),
			setProcesses: shown => onAsked(live().poller.setProcesses(shown)),
			overrunMs: () => live().poller.overrunMs,
		},
	};
}

function contextsFeed(
	shown: ContextSwitch,
	contexts: KubeconfigContexts,
	onOpened: () => void,
): ContextsFeed {
	return {
		list: () => contexts.list(),
		whenRead: () => contexts.whenRead(),
		current: () => shown.context,
		shown: () => shown.contexts,
		opening: () => shown.opening,
		failed: () => shown.failed,
		async open(name) {
			const isKnown = contexts.list().contexts?.some(context => context.name === name) === true;
			const switched = await shown.open(name, isKnown ? [name] : name.split(','));
			if (switched.kind !== 'opened') {
				return switched;
			}

			onOpened();
			return {...switched, hidesNodes: shown.session.live().sources.hidesNodes()};
		},
	};
}
