import {render} from 'ink-testing-library';
import type {ReactNode} from 'react';
import {onTestFinished} from 'vitest';
import {App} from '../../../source/ui/components/app.tsx';
import {
	StoreContext,
	type TerminalAbilities,
	TerminalContext,
	ThemeContext,
} from '../../../source/ui/contexts.ts';
import type {Feed} from '../../../source/ui/feed.ts';
import {ScreenStore} from '../../../source/ui/hooks/screen-store.ts';
import {type Shown, useShown} from '../../../source/ui/hooks/use-shown.ts';
import {NO_MEMORY, type ScreenMemory} from '../../../source/ui/state/screen-memory.ts';
import {initialState, type ScreenState} from '../../../source/ui/state/screen-state.ts';
import type {MouseEvent} from '../../../source/ui/terminal/mouse.ts';
import {createTheme, type Theme} from '../../../source/ui/theme/theme.ts';
import {feedOf, storeOf} from '../feeds.ts';
import {letPass} from '../let-pass.ts';

// Ink runs a program to get the size of a terminal that does not report it, unless these are set.
process.env.COLUMNS = '100';
process.env.LINES = '24';

export type Rendered = {
	readonly store: ScreenStore;
	readonly remembered: readonly ScreenMemory[];
	/** The output to the terminal other than Ink's frames. */
	readonly written: readonly string[];
	/** The last frame without colours. */
	readonly text: () => string;
	/** The last frame as Ink wrote it. */
	readonly frame: () => string;
	readonly frameCount: () => number;
	/** The first line that contains a text. */
	readonly line: (part: string) => string;
	/** The given names in the order in which they are on the screen. */
	readonly order: (...names: readonly string[]) => readonly string[];
	/** Types keys one by one, as a terminal sends them. */
	readonly press: (...keys: readonly string[]) => Promise<void>;
	readonly point: (event: MouseEvent) => Promise<void>;
	readonly resize: (columns: number, rows: number) => Promise<void>;
	readonly settle: () => Promise<void>;
};

export type RenderOptions = {
	readonly feed?: Feed;
	readonly level?: 'nodes' | 'pods' | 'containers' | 'namespaces';
	readonly memory?: ScreenMemory;
	/** The initial state of the screen. */
	readonly state?: (start: ScreenState) => ScreenState;
	readonly columns?: number;
	readonly rows?: number;
	readonly symbols?: 'unicode' | 'ascii';
	readonly colors?: 'none' | '16';
	readonly isSpoken?: boolean;
	readonly terminal?: Partial<TerminalAbilities>;
	/** A component to render instead of the app, in the same contexts. */
	readonly part?: (shown: Shown) => ReactNode;
};

/** Renders the app, or one component, with stock Ink in a terminal of the given size. */
export async function renderApp({
	feed = feedOf(storeOf()),
	level = 'nodes',
	memory = NO_MEMORY,
	state = start => start,
	columns = 100,
	rows = 24,
	symbols = 'unicode',
	colors = 'none',
	isSpoken = false,
	terminal: abilities,
	part,
}: RenderOptions = {}): Promise<Rendered> {
	const remembered: ScreenMemory[] = [];
	const written: string[] = [];
	const listeners = new Set<(event: MouseEvent) => void>();
	const start = initialState(level, {sort: undefined, filter: undefined, namespaces: undefined, memory});
	const store = new ScreenStore(feed, state(start), {
		isClear: () => true,
		remember: kept => void remembered.push(kept),
		isLive: !isSpoken,
	});
	const terminal: TerminalAbilities = {
		tier: symbols === 'ascii' ? 'ascii' : 'lines',
		multiplexer: undefined,
		write: sequence => void written.push(sequence),
		settle: async () => {},
		dropTypedAhead: () => {},
		redraw: () => store.requestFrame(),
		onFunctionKey: () => () => {},
		onMouse(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		...abilities,
	};
	const theme: Theme = createTheme({name: 'terminal', colors, symbols});
	const app = render(
		part === undefined ? (
			<App store={store} theme={theme} terminal={terminal} isSpoken={isSpoken} />
		) : (
			<StoreContext value={store}>
				<ThemeContext value={theme}>
					<TerminalContext value={terminal}>
						<Part draw={part} />
					</TerminalContext>
				</ThemeContext>
			</StoreContext>
		),
	);
	onTestFinished(() => {
		app.unmount();
	});
	// Longer than the interval of frames, and than Ink waits for the rest of a sequence after Esc.
	const settle = (): Promise<void> => letPass(45);
	const resize = async (width: number, height: number): Promise<void> => {
		Object.defineProperty(app.stdout, 'columns', {value: width, configurable: true});
		Object.defineProperty(app.stdout, 'rows', {value: height, configurable: true});
		app.stdout.emit('resize');
		await settle();
	};
	await resize(columns, rows);
	const frame = (): string => app.lastFrame() ?? '';
	// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences begin with ESC
	const text = (): string => frame().replace(/\u001B\[[0-9;]*m/g, '');
	return {
		store,
		remembered,
		written,
		text,
		frame,
		frameCount: () => app.frames.length,
		line: part =>
			text()
				.split('\n')
				.find(line => line.includes(part)) ?? '',
		order: (...names) => [...names].sort((a, b) => text().indexOf(a) - text().indexOf(b)),
		async press(...keys) {
			for (const key of keys) {
				app.stdin.write(key);
				await settle();
			}
		},
		async point(event) {
			for (const listener of listeners) {
				listener(event);
			}

			await settle();
		},
		resize,
		settle,
	};
}

function Part({draw}: {readonly draw: (shown: Shown) => ReactNode}) {
	return draw(useShown());
}
