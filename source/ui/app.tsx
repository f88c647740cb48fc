import {Box, Text, useApp, useInput, useWindowSize} from 'ink';
import {useEffect, useMemo, useRef, useState} from 'react';
import type {Row} from '../metrics/row.ts';
import type {Query, View} from '../metrics/view.ts';
import type {Feed, ScreenOptions} from './feed.ts';
import {allNotices, drawFrame, shownWindowMs, stepMs, tableHeight} from './frame/draw-frame.ts';
import {formatInterval} from './frame/header.ts';
import {type Action, actionOf, keyName, typedName} from './keymap.ts';
import {
	act,
	currentPage,
	initialState,
	type ScreenState,
	selectedIndex,
	typeFilter,
	type Visible,
	visibleOffset,
} from './screen-state.ts';
import {displayColumns} from './table/display-columns.ts';
import {createTheme} from './theme.ts';

export type AppProps = {
	readonly feed: Feed;
	readonly options: Omit<ScreenOptions, 'stdin' | 'stdout'>;
	/** Stops the process, once the terminal was given back, and resolves when it goes on. */
	readonly stopProcess: () => Promise<void>;
};

/** Steps of the interval that `+` and `-` go through. */
const INTERVALS_MS = [500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000];

const CLOCK_MS = 1000;

/** The screen: state and keys here, everything that is seen drawn by `drawFrame`, a line a Text. */
export function App({feed, options, stopProcess}: AppProps) {
	const {exit, suspendTerminal} = useApp();
	const {columns, rows} = useWindowSize();
	const [state, setState] = useState(() => initialState(options.level, options));
	const [intervalMs, setIntervalMs] = useState(feed.intervalMs);
	const version = useVersion(feed);
	const nowMs = useClock(feed);
	const theme = useMemo(
		() => createTheme(options.hasColor, options.symbols),
		[options.hasColor, options.symbols],
	);
	const tables = useRef(new TableCache(feed));
	const view = tables.current.view(state, nowMs, version);
	const height = tableHeight(rows, state);
	const page = currentPage(state);
	const offset =
		view === undefined
			? 0
			: visibleOffset(page.offset, selectedIndex(page, view.rows), view.rows.length, height);

	useEffect(() => {
		const shown = view?.rows.slice(offset, offset + height) ?? [];
		feed.setVisibleNodes([...new Set(shown.flatMap(row => nodeIdOf(row) ?? []))]);
	}, [feed, view, offset, height]);

	// Keys held down, or typed ahead while a frame was drawn, arrive together: each works on what the one before left.
	const latest = useRef(state);
	const pressOne = (name: string, input: string): void => {
		const before = latest.current;
		if (before.editing !== undefined) {
			latest.current = typeFilter(before, name, input);
			return;
		}

		const action = actionOf(name);
		if (action !== undefined) {
			perform(action);
			latest.current = act(before, action, visibleTo(before));
		}
	};
	/** What an action does beyond the screen's state. */
	const perform = (action: Action): void => {
		switch (action.type) {
			case 'quit':
				exit();
				break;
			case 'suspend':
				void suspendTerminal(stopProcess);
				break;
			case 'redraw':
				// Handing the terminal over and taking it back draws every line anew.
				void suspendTerminal(() => {});
				break;
			case 'step':
				if (action.by > 0 && latest.current.cursor === 'live') {
					feed.playback?.skip(stepMs(latest.current, feed));
				}

				break;
			case 'interval':
				if (feed.playback !== undefined) {
					feed.playback.setSpeed(feed.playback.speed() * (action.by > 0 ? 2 : 0.5));
					break;
				}

				feed.setIntervalMs(nextInterval(feed.intervalMs(), action.by));
				setIntervalMs(feed.intervalMs());
				break;
			default:
				break;
		}
	};
	const visibleTo = (before: ScreenState): Visible => {
		const table = tables.current.view(before, feed.now(), feed.source.version);
		return {
			rows: table?.rows ?? [],
			sortable: sortableColumns(before, feed.hasInventory()),
			height: tableHeight(rows, before),
			nowMs: feed.now(),
			span: feed.source.span(),
			stepMs: stepMs(before, feed),
			windowLimitMs: feed.windowMs,
		};
	};

	useInput((input, key) => {
		const name = keyName(input, key);
		if (input.length > 1 && name === input) {
			for (const character of input) {
				pressOne(typedName(character, latest.current.editing !== undefined), character);
			}
		} else {
			pressOne(name, input);
		}

		setState(latest.current);
	});

	const lines = useMemo(
		() =>
			drawFrame({
				feed,
				state,
				view,
				subject:
					page.subject === undefined
						? undefined
						: feed.source.find(page.subject.level, page.subject.id, state.cursor, nowMs),
				cluster: tables.current.cluster(state, nowMs, version),
				columns,
				rows,
				nowMs,
				notice: noticeOf(state, feed),
				theme,
				intervalMs,
			}),
		[feed, state, view, page.subject, nowMs, version, columns, rows, theme, intervalMs],
	);

	return (
		<Box flexDirection="column">
			{lines.map((line, index) => (
				// Lines have no identity but their place.
				// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
				<Text key={index} wrap="truncate">
					{line}
				</Text>
			))}
		</Box>
	);
}

/** The node whose reading a row is from. */
function nodeIdOf(row: Row): string | undefined {
	switch (row.kind) {
		case 'node':
			return row.id;
		case 'pod':
		case 'container':
			return row.nodeId;
		case 'namespace':
			return undefined;
		case 'tree':
			return nodeIdOf(row.of);
	}
}

/** The version of the feed's answers, which changes when there is something new to draw. */
function useVersion(feed: Feed): number {
	const [version, setVersion] = useState(feed.source.version);
	useEffect(() => feed.subscribe(() => setVersion(feed.source.version)), [feed]);
	return version;
}

/** Time in steps of a second, for the clock and the ages: nothing on the screen moves faster by itself. */
function useClock(feed: Feed): number {
	const [nowMs, setNowMs] = useState(feed.now);
	useEffect(() => {
		const timer = setInterval(() => setNowMs(feed.now()), CLOCK_MS);
		return () => clearInterval(timer);
	}, [feed]);
	return nowMs;
}

/**
 * The table of the current page, computed once for each change of the data, the query or the moment: moving the
 * selection over 150,000 rows sorts nothing.
 */
class TableCache {
	readonly #feed: Feed;
	#key = '';
	#view: View | undefined;
	#clusterKey = '';
	#cluster: ReturnType<Feed['source']['cluster']> | undefined;

	constructor(feed: Feed) {
		this.#feed = feed;
	}

	view(state: ScreenState, nowMs: number, version: number): View | undefined {
		const {level, scope, sort, filter, tree} = currentPage(state);
		if (level === undefined) {
			return undefined;
		}

		const query: Query = {level, scope, sort, filter, ...(level === 'tree' ? {tree} : {})};
		const shape = level === 'tree' ? [tree.by, ...tree.open] : [];
		const key = JSON.stringify([version, query, shape, state.cursor]);
		if (key !== this.#key || this.#view === undefined) {
			this.#key = key;
			this.#view = this.#feed.source.view(query, state.cursor, nowMs);
		}

		return this.#view;
	}

	cluster(state: ScreenState, nowMs: number, version: number): ReturnType<Feed['source']['cluster']> {
		// Samples grow stale by time alone, so sums are also new each second.
		const key = JSON.stringify([
			version,
			state.cursor,
			state.cursor === 'live' ? Math.floor(nowMs / CLOCK_MS) : 0,
		]);
		if (key !== this.#clusterKey || this.#cluster === undefined) {
			this.#clusterKey = key;
			this.#cluster = this.#feed.source.cluster(state.cursor, nowMs);
		}

		return this.#cluster;
	}
}

function sortableColumns(state: ScreenState, hasInventory: boolean): readonly string[] {
	const {level} = currentPage(state);
	return level === undefined
		? []
		: displayColumns(level, hasInventory).flatMap(({id, series}) => (series === undefined ? [id] : []));
}

function nextInterval(intervalMs: number, by: number): number {
	const next =
		by > 0
			? INTERVALS_MS.find(candidate => candidate > intervalMs)
			: INTERVALS_MS.findLast(candidate => candidate < intervalMs);
	return next ?? intervalMs;
}

function noticeOf(state: ScreenState, feed: Feed): string | undefined {
	const {past} = feed;
	if (state.cursor !== 'live') {
		const seamMs = past?.seamMs();
		const isStored = past !== undefined && (seamMs === undefined || state.cursor.atMs < seamMs);
		const verb = past?.isAsking(state.cursor) === true ? 'asking' : 'from';
		const asked = isStored ? `, ${verb} ${past.status().label}` : '';
		return `looking at the past over ${formatInterval(shownWindowMs(state, feed))}${asked}: [ ] step, t window, space goes live`;
	}

	const [first, ...rest] = allNotices(feed);
	return first && `${first}${rest.length === 0 ? '' : `  (and ${rest.length} more: e)`}`;
}
