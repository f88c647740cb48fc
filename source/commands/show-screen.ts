import type {Source} from '../metrics/model/view.ts';
import {publishedSource} from '../metrics/store/published-source.ts';
import type {Options} from '../options/options.ts';
import type {Feed} from '../ui/feed.ts';
import {openScreenTerminal, type ScreenTerminal} from '../ui/terminal/screen-terminal.ts';
import {exitCodeOf} from './exit-code.ts';
import {exportTable} from './export-table.ts';
import {openMemoryFile} from './memory-file.ts';
import type {Publisher} from './publisher.ts';
import {inlineLess} from './v8-flags.ts';

/** The parts of the feed that live and replayed data share. */
export type CommonFeed = Pick<Feed, 'source' | 'subscribe' | 'events' | 'exportTable'>;

export type ScreenInput = {
	/** The live or replayed readings. Returns another source after a reconnect or for another context. */
	readonly source: () => Source;
	readonly publisher: Publisher;
	readonly events: NonNullable<Feed['events']>;
	/** Adds the parts that differ. */
	readonly feedOf: (common: CommonFeed) => Feed;
};

export type LoadedScreen = {
	readonly terminal: ScreenTerminal;
	readonly start: typeof import('../ui/start-screen.tsx').startScreen;
};

/** Opens the terminal, and loads the modules of the screen while it answers. `showScreen` closes the terminal. */
export async function loadScreen({screen}: Pick<Options, 'screen'>): Promise<LoadedScreen> {
	const terminal = openScreenTerminal({...screen, stdin: process.stdin, stdout: process.stdout});
	try {
		const {startScreen} = await import('../ui/start-screen.tsx');
		return {terminal, start: startScreen};
	} catch (error) {
		await terminal.terminal.close();
		throw error;
	}
}

/** Shows the screen until the user quits, and saves its settings. Returns the exit code. */
export async function showScreen(
	{terminal, start}: LoadedScreen,
	{source, publisher, events, feedOf}: ScreenInput,
	{screen, selection}: Pick<Options, 'screen' | 'selection'>,
): Promise<number> {
	const {memory, remember} = await openMemoryFile(process.env);
	inlineLess();
	const signal = await start(
		feedOf({
			source: publishedSource(source, () => publisher.version),
			subscribe: listener => publisher.subscribe(listener),
			events,
			exportTable,
		}),
		{
			...screen,
			...selection,
			stdin: process.stdin,
			stdout: process.stdout,
			memory: {...memory, columns: {...Object.fromEntries(screen.columns), ...memory.columns}},
			remember,
		},
		terminal,
	);
	return exitCodeOf(signal);
}
