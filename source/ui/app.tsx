import {Box, Text, useApp, useInput, useWindowSize} from 'ink';
import {useEffect, useMemo, useRef, useState} from 'react';
import type {Column} from '../metrics/column.ts';
import type {Row} from '../metrics/row.ts';
import type {View} from '../metrics/view.ts';
import {clipboardSequence} from './clipboard.ts';
import type {Choice} from './column-chooser.ts';
import {completeFilter} from './complete-filter.ts';
import type {Feed, ScreenOptions} from './feed.ts';
import {DecayingScales} from './format/decaying-scale.ts';
import {
	allNotices,
	areasOf,
	drawFrame,
	overlayLines,
	shownWindowMs,
	stepMs,
	tableHeight,
} from './frame/draw-frame.ts';
import {formatInterval} from './frame/header.ts';
import {spokenLines} from './frame/spoken.ts';
import {type Action, actionOf, keyName, typedName} from './keymap.ts';
import {MOUSE_OFF, MOUSE_ON, type MouseEvent} from './mouse.ts';
import {point} from './point.ts';
import {
	act,
	currentPage,
	initialState,
	isWorkload,
	type ScreenState,
	selectedIndex,
	typeChooser,
	typeFilter,
	type Visible,
	visibleOffset,
} from './screen-state.ts';
import {choosableColumns, type DisplayColumn, displayColumns} from './table/display-columns.ts';
import {wantedColumns} from './table/wanted-columns.ts';
import {TableCache} from './table-cache.ts';
import {createTheme} from './theme/theme.ts';

export type AppProps = {
	readonly feed: Feed;
	readonly options: Omit<ScreenOptions, 'stdin' | 'stdout'>;
	readonly terminal: TerminalHands;
};

/** What is done with the terminal beside drawing on it. */
export type TerminalHands = {
	/** Stops the process, once the terminal was given back, and resolves when it goes on. */
	readonly stopProcess: () => Promise<void>;
	/** Writes a sequence that shows nothing. */
	readonly write: (sequence: string) => void;
	/** Calls back for what the mouse does; the result ends that. */
	readonly listenToMouse: (listener: (event: MouseEvent) => void) => () => void;
};

/** Steps of the interval that `+` and `-` go through. */
const INTERVALS_MS = [500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000];

const CLOCK_MS = 1000;

/** Rows that a column's values are gathered from while a filter is typed. */
const MOST_VALUES = 5000;

/** The screen: state and keys here, everything that is seen drawn by `drawFrame`, a line a Text. */
export function App({feed, options, terminal}: AppProps) {
	const {exit, suspendTerminal} = useApp();
	const {columns, rows} = useWindowSize();
	const [state, setState] = useState(() => initialState(options.level, options));
	const [intervalMs, setIntervalMs] = useState(feed.intervalMs);
	const version = useVersion(feed, options.isSpoken);
	const nowMs = useClock(feed, options.isSpoken);
	const theme = useMemo(
		() => createTheme({name: options.theme, colors: options.colors, symbols: options.symbols}),
		[options.theme, options.colors, options.symbols],
	);
	const tables = useRef(new TableCache(feed));
	const scales = useRef(new DecayingScales());
	const view = tables.current.view(state, nowMs, version);
	const height = tableHeight(rows, state);
	const page = currentPage(state);
	const offset =
		view === undefined
			? 0
			: visibleOffset(page.offset, selectedIndex(page, view.rows), view.rows.length, height);

	// What was chosen is kept for the next time.
	const {memory} = state;
	const remembered = useRef(memory);
	useEffect(() => {
		if (remembered.current !== memory) {
			remembered.current = memory;
			options.remember(memory);
		}
	}, [memory, options]);

	useEffect(() => {
		const shown = view?.rows.slice(offset, offset + height) ?? [];
		feed.setVisibleNodes([...new Set(shown.flatMap(row => nodeIdOf(row) ?? []))]);
	}, [feed, view, offset, height]);

	// Keys held down, or typed ahead while a frame was drawn, arrive together: each works on what the one before left.
	const latest = useRef(state);
	const pressOne = (name: string, input: string): void => {
		const before = latest.current;
		if (before.editing !== undefined) {
			latest.current = typeFilter(before, name, input, visibleTo(before));
		} else if (before.chooser === undefined) {
			const action = actionOf(name);
			if (action !== undefined) {
				latest.current = act(before, action, visibleTo(before));
				perform(action, before);
			}
		} else {
			latest.current = typeChooser(before, name, visibleTo(before));
		}
	};
	/** What an action does beyond the screen's state. */
	const perform = (action: Action, before: ScreenState): void => {
		switch (action.type) {
			case 'quit':
				exit();
				break;
			case 'suspend':
				void lend(terminal.stopProcess);
				break;
			case 'redraw':
				// Handing the terminal over and taking it back draws every line anew.
				void lend(async () => {});
				break;
			case 'copy':
				copy(selectedRow(before));
				break;
			case 'hand-over':
				void handOver(action.to, selectedRow(before));
				break;
			case 'step':
				if (action.by > 0 && before.cursor === 'live') {
					feed.playback?.skip(stepMs(before, feed));
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
	/** Gives the terminal to somebody else, and takes it back. */
	const lend = async (use: () => Promise<void>): Promise<void> => {
		if (options.hasMouse) {
			terminal.write(MOUSE_OFF);
		}

		await suspendTerminal(use);
		if (options.hasMouse) {
			terminal.write(MOUSE_ON);
		}
	};
	const tell = (message: string | undefined): void => {
		latest.current = {...latest.current, message};
		setState(latest.current);
	};
	const selectedRow = (before: ScreenState): Row | undefined => {
		const table = tables.current.view(before, feed.now(), feed.source.version);
		const {subject} = currentPage(before);
		return table === undefined
			? subject && feed.source.find(subject.level, subject.id, before.cursor, feed.now())
			: table.rows[selectedIndex(currentPage(before), table.rows)];
	};
	const copy = (row: Row | undefined): void => {
		if (row !== undefined) {
			terminal.write(clipboardSequence(row.name));
			tell(`copied ${row.name}, where the terminal takes it`);
		}
	};
	const handOver = async (to: 'logs' | 'shell', row: Row | undefined): Promise<void> => {
		if (row === undefined || !isWorkload(row)) {
			return;
		}

		let message: string | undefined =
			'there is no kubectl to hand the terminal to: nothing here is read from a cluster';
		if (feed.handOver !== undefined) {
			const {handOver: run} = feed;
			await lend(async () => {
				message = await run(to, row);
			});
		}

		tell(message);
	};
	const visibleTo = (before: ScreenState): Visible => {
		const table = tables.current.view(before, feed.now(), feed.source.version);
		return {
			rows: table?.rows ?? [],
			sortable: sortableColumns(before, feed.hasInventory()),
			choosable: choiceOf(before, feed.hasInventory()),
			valuesOf: column => (table === undefined ? [] : valuesOf(table, column, feed.now())),
			overlayRest: before.overlay === undefined ? 0 : overlayRest(before, table),
			height: tableHeight(rows, before),
			nowMs: feed.now(),
			span: feed.source.span(),
			stepMs: stepMs(before, feed),
			windowLimitMs: feed.windowMs,
		};
	};

	/** By how many lines the overlay is longer than its place. */
	const overlayRest = (before: ScreenState, table: View | undefined): number => {
		const {subject} = currentPage(before);
		const {charts, table: tableLines} = areasOf(rows, before);
		const all = overlayLines({
			feed,
			state: before,
			view: table,
			subject: subject && feed.source.find(subject.level, subject.id, before.cursor, feed.now()),
			nowMs: feed.now(),
			columns,
			theme,
		});
		return all.length - charts - tableLines;
	};

	const onMouse = (event: MouseEvent): void => {
		latest.current = point(latest.current, event, visibleTo(latest.current), {
			areas: areasOf(rows, latest.current),
			view: tables.current.view(latest.current, feed.now(), feed.source.version),
			columns,
			hasInventory: feed.hasInventory(),
		});
		setState(latest.current);
	};
	const newestOnMouse = useRef(onMouse);
	newestOnMouse.current = onMouse;
	useEffect(() => terminal.listenToMouse(event => newestOnMouse.current(event)), [terminal]);

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

	const lines = useMemo(() => {
		const subject =
			page.subject && feed.source.find(page.subject.level, page.subject.id, state.cursor, nowMs);
		const cluster = tables.current.cluster(state, nowMs, version);
		const notice = noticeOf(state, feed);
		const shown = {feed, state, view, subject, nowMs, columns, theme};
		return options.isSpoken
			? spokenLines({
					...shown,
					cluster,
					notice,
					label: feed.label(),
					overlay: state.overlay === undefined ? [] : overlayLines(shown),
				})
			: drawFrame({
					...shown,
					cluster,
					notice,
					rows,
					completions: completionsOf(state, view, feed, nowMs),
					tier: options.symbols === 'ascii' ? 'ascii' : options.charts,
					scales: scales.current,
					intervalMs,
				});
	}, [feed, state, view, page.subject, nowMs, version, columns, rows, theme, intervalMs, options]);

	return (
		<Box flexDirection="column">
			{lines.map((line, index) => (
				// Lines have no identity but their place.
				// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
				<Text key={index} wrap={options.isSpoken ? 'wrap' : 'truncate'}>
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
function useVersion(feed: Feed, isSpoken: boolean): number {
	const [version, setVersion] = useState(feed.source.version);
	const isCalm = useRef(false);
	useEffect(
		() =>
			feed.subscribe(() => {
				// Who listens is told when a key asks for it, and not in between; but for the first figures.
				if (!isSpoken || !isCalm.current) {
					isCalm.current = feed.source.span() !== undefined;
					setVersion(feed.source.version);
				}
			}),
		[feed, isSpoken],
	);
	return version;
}

/** Time in steps of a second, for the clock and the ages: nothing on the screen moves faster by itself. */
function useClock(feed: Feed, isSpoken: boolean): number {
	const [nowMs, setNowMs] = useState(feed.now);
	useEffect(() => {
		if (isSpoken) {
			return;
		}

		const timer = setInterval(() => setNowMs(feed.now()), CLOCK_MS);
		return () => clearInterval(timer);
	}, [feed, isSpoken]);
	return isSpoken ? feed.now() : nowMs;
}

/** Values of a column of words, as the table has them now. */
function valuesOf(view: View, id: string, nowMs: number): readonly string[] {
	const column = view.columns.find(known => known.id === id) as unknown as Column<Row> | undefined;
	return column === undefined
		? []
		: view.rows.slice(0, MOST_VALUES).flatMap(row => {
				const value = column.value(row, nowMs);
				return typeof value === 'string' ? [value] : [];
			});
}

function completionsOf(
	state: ScreenState,
	view: View | undefined,
	feed: Feed,
	nowMs: number,
): readonly string[] {
	return state.editing === undefined || view === undefined
		? []
		: completeFilter(state.editing.text, state.editing.cursor, {
				columns: sortableColumns(state, feed.hasInventory()),
				valuesOf: column => valuesOf(view, column, nowMs),
			}).words;
}

function choiceOf(state: ScreenState, hasInventory: boolean): Choice {
	const {level} = currentPage(state);
	const ids = (columns: readonly DisplayColumn[]): readonly string[] => columns.map(({id}) => id);
	return level === undefined
		? {all: [], usual: []}
		: {all: ids(choosableColumns(level, hasInventory)), usual: ids(displayColumns(level, hasInventory))};
}

function sortableColumns(state: ScreenState, hasInventory: boolean): readonly string[] {
	const {level} = currentPage(state);
	return level === undefined
		? []
		: wantedColumns(level, {
				hasInventory,
				chosen: state.memory.columns[level],
				isWide: true,
			}).map(({id}) => id);
}

function nextInterval(intervalMs: number, by: number): number {
	const next =
		by > 0
			? INTERVALS_MS.find(candidate => candidate > intervalMs)
			: INTERVALS_MS.findLast(candidate => candidate < intervalMs);
	return next ?? intervalMs;
}

function noticeOf(state: ScreenState, feed: Feed): string | undefined {
	if (state.message !== undefined) {
		return state.message;
	}

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
