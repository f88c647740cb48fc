import {EventEmitter} from 'node:events';
import {Box, render, Text} from 'ink';
import {useEffect, useState} from 'react';
import type {NodeState} from '../../source/metrics/node-state.ts';
import {publishedSource} from '../../source/metrics/published-source.ts';
import {Store} from '../../source/metrics/store.ts';
import {drawFrame} from '../../source/ui/draw-frame.ts';
import type {Feed} from '../../source/ui/feed.ts';
import {DecayingScales} from '../../source/ui/format/decaying-scale.ts';
import {Screen} from '../../source/ui/screen.ts';
import {NO_MEMORY} from '../../source/ui/state/screen-memory.ts';
import {initialState} from '../../source/ui/state/screen-state.ts';
import {FramePainter} from '../../source/ui/terminal/frame-painter.ts';
import {createTheme} from '../../source/ui/theme/theme.ts';
import {screenView} from '../../source/ui/view/screen-view.ts';
import {TableCache} from '../../source/ui/view/table-cache.ts';
import {cpuReading, memoryReading, networkReading, nodeReading, reading} from '../metrics/readings.ts';
import {type Benchmark, median} from './benchmark.ts';

const COLUMNS = 200;
const ROWS = 60;
const NODES = 1000;
const ROUNDS = 60;
const LIVE: NodeState = {kind: 'live', route: 'summary', latencyMs: 57, degraded: undefined};

/** A terminal that takes everything and shows nothing. */
class FakeTerminal extends EventEmitter {
	readonly columns = COLUMNS;
	readonly rows = ROWS;
	readonly isTTY = true;
	written = '';

	readonly write = (text: string, done?: unknown): boolean => {
		this.written += text;
		if (typeof done === 'function') {
			done();
		}

		return true;
	};
}

class FakeInput extends EventEmitter {
	readonly isTTY = true;
	readonly setRawMode = (): void => {};
	readonly setEncoding = (): void => {};
	readonly read = (): null => null;
	readonly resume = (): void => {};
	readonly pause = (): void => {};
	readonly ref = (): void => {};
	readonly unref = (): void => {};
}

const OPTIONS = {
	interactive: true,
	incrementalRendering: true,
	maxFps: 1000,
	patchConsole: false,
	exitOnCtrlC: false,
} as const;

/**
 * The CPU time of one update of the screen at 200x60 with 1,000 nodes, of which each changed (the table sorted, the
 * visible rows formatted, the frame written), against an Ink program that is given the very same lines.
 */
export async function benchScreenUpdate(): Promise<Benchmark> {
	let nowMs = 1_800_000_000_000;
	const store = new Store({capacity: 91, staleAfterMs: 30_000});
	for (let node = 0; node < NODES; node++) {
		store.addNode(`node-${node}`, `node-${String(node).padStart(4, '0')}`);
	}

	const listeners = new Set<() => void>();
	const advance = (): void => {
		nowMs += 10_000;
		for (let node = 0; node < NODES; node++) {
			store.apply(`node-${node}`, [readingOf(node, nowMs)], LIVE);
		}
	};
	for (let tick = 0; tick < 40; tick++) {
		advance();
	}

	const feed = feedOf(store, () => nowMs, listeners);
	const ours = new FakeTerminal();
	const painter = new FramePainter();
	const screen = new Screen(
		feed,
		{
			level: 'nodes',
			sort: undefined,
			filter: undefined,
			namespace: undefined,
			theme: 'terminal',
			colors: '16',
			charts: 'lines',
			hasMouse: false,
			isSpoken: false,
			multiplexer: undefined,
			memory: NO_MEMORY,
			remember: () => {},
			symbols: 'unicode',
		},
		{
			size: () => ({columns: COLUMNS, rows: ROWS}),
			isClear: () => true,
			show: lines => ours.write(painter.paint(lines)),
			write: () => {},
			lend: use => use(),
			redraw: () => {},
			stopProcess: async () => {},
			quit: () => {},
		},
	);
	screen.start();
	const bareTerminal = new FakeTerminal();
	let showLines: (lines: readonly string[]) => void = () => {};
	const bare = render(
		<Bare
			onReady={show => {
				showLines = show;
			}}
		/>,
		{
			...OPTIONS,
			stdout: bareTerminal as unknown as NodeJS.WriteStream,
			stdin: new FakeInput() as unknown as NodeJS.ReadStream,
		},
	);
	await settle();

	const measured: number[] = [];
	const baseline: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		advance();
		measured.push(
			await cpuMs(() => {
				for (const listener of listeners) {
					listener();
				}
			}),
		);
		const lines = linesAt(feed, nowMs);
		baseline.push(await cpuMs(() => showLines(lines)));
	}

	screen.stop();
	bare.unmount();
	if (bareTerminal.written.length < ours.written.length / 4) {
		throw new Error(`bare Ink wrote ${bareTerminal.written.length} bytes and ktop ${ours.written.length}`);
	}

	const skipped = ROUNDS / 3;
	const ratioMeasured = median(measured.slice(skipped));
	const ratioBaseline = median(baseline.slice(skipped));
	return {
		name: `a screen update at ${COLUMNS}x${ROWS}, ${NODES} nodes`,
		unit: 'ms CPU',
		measured: ratioMeasured,
		baselineName: 'bare Ink with the same lines',
		baseline: ratioBaseline,
		ratio: ratioMeasured / ratioBaseline,
		budget: 1.5,
	};
}

function Bare({onReady}: {readonly onReady: (show: (lines: readonly string[]) => void) => void}) {
	const [lines, setLines] = useState<readonly string[]>([]);
	useEffect(() => onReady(setLines), [onReady]);
	return (
		<Box flexDirection="column">
			{lines.map((line, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
				<Text key={index} wrap="truncate">
					{line}
				</Text>
			))}
		</Box>
	);
}

/** What the app shows at that moment, drawn beside it and not counted. */
function linesAt(feed: Feed, nowMs: number): readonly string[] {
	const state = initialState('nodes', {
		sort: undefined,
		filter: undefined,
		namespace: undefined,
		memory: NO_MEMORY,
	});
	const theme = createTheme({name: 'terminal', colors: '16', symbols: 'unicode'});
	return drawFrame({
		feed,
		state,
		shown: screenView(state, {
			source: feed.source,
			feed,
			columns: COLUMNS,
			rows: ROWS,
			nowMs,
			theme,
			tables: new TableCache(),
		}),
		rows: ROWS,
		notice: undefined,
		completions: [],
		tier: 'lines',
		scales: new DecayingScales(),
		theme,
	});
}

/** CPU time of a change and all the drawing that follows from it. */
async function cpuMs(change: () => void): Promise<number> {
	const before = process.cpuUsage();
	change();
	await settle();
	const {user, system} = process.cpuUsage(before);
	return (user + system) / 1000;
}

function settle(): Promise<void> {
	return new Promise(resolve => setTimeout(resolve, 30));
}

function readingOf(node: number, timeMs: number) {
	const wave = Math.abs(Math.sin(timeMs / 60_000 + node));
	return reading(timeMs, {
		node: nodeReading({
			cpu: cpuReading({timeMs, usageCores: wave * 16}),
			memory: memoryReading({timeMs, workingSetBytes: (0.3 + wave / 2) * 2 ** 36, rssBytes: wave * 2 ** 35}),
			network: networkReading({timeMs, rxBytes: timeMs * (1 + node), txBytes: (timeMs * (1 + node)) / 2}),
			cpuCapacityCores: 16,
			memoryCapacityBytes: 2 ** 36,
		}),
	});
}

function feedOf(store: Store, now: () => number, listeners: Set<() => void>): Feed {
	return {
		source: publishedSource(
			() => store,
			() => store.version,
		),
		now,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		label: () => `${NODES} kubelets`,
		isDemo: false,
		hasInventory: () => false,
		past: undefined,
		notices: () => [],
		intervalMs: () => 10_000,
		setIntervalMs: () => {},
		staleAfterMs: () => 30_000,
		windowMs: 900_000,
		setVisibleNodes: () => {},
		lookInto: () => {},
		overrunMs: () => undefined,
	};
}
