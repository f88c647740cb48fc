import {render} from 'ink';
import {App} from './components/app.tsx';
import type {TerminalAbilities} from './contexts.ts';
import type {Feed, ScreenOptions} from './feed.ts';
import {ScreenStore} from './hooks/screen-store.ts';
import {foldInto} from './state/grouping.ts';
import {initialState} from './state/screen-state.ts';
import type {Background} from './terminal/background.ts';
import {openScreenTerminal, type ScreenTerminal} from './terminal/screen-terminal.ts';
import {createTheme, type Theme} from './theme/theme.ts';

/**
 * Runs the screen until the user quits or a signal ends it. Resolves, with the signal if any, once the terminal is
 * restored; rejects with an uncaught exception. Takes the terminal if it is open already.
 */
export async function startScreen(
	feed: Feed,
	options: ScreenOptions,
	{terminal, asked, listen}: ScreenTerminal = openScreenTerminal(options),
): Promise<NodeJS.Signals | undefined> {
	const {isSpoken, multiplexer, symbols, colors, charts} = options;
	const themeOn = (background?: Background): Theme =>
		createTheme({
			name: options.theme === 'auto' ? (background ?? 'terminal') : options.theme,
			colors,
			symbols,
		});
	const {level, group} = options;
	const plain = initialState(level, options);
	const of = level === 'nodes' || level === 'pods' ? level : undefined;
	const state = group === undefined || of === undefined ? plain : foldInto(plain, {of, key: group});
	const store = new ScreenStore(feed, state, {
		isClear: () => terminal.isClear,
		remember: options.remember,
		isLive: !isSpoken,
	});
	const abilities: TerminalAbilities = {
		...terminal,
		tier: symbols === 'ascii' ? 'ascii' : charts,
		multiplexer,
	};
	await asked;
	let showTheme: () => void = () => {};
	let theme = themeOn(
		listen({
			onClear: () => store.resume(),
			onBackground(background) {
				theme = themeOn(background);
				showTheme();
			},
		}),
	);
	const element = () => <App store={store} theme={theme} terminal={abilities} isSpoken={isSpoken} />;
	const app = render(element(), {
		stdin: terminal.stdin,
		stdout: terminal.stdout,
		alternateScreen: !isSpoken,
		isScreenReaderEnabled: isSpoken,
		interactive: true,
		// Ink writes each frame whole and at once: the store limits their rate, and `FrameStream` writes only changes.
		debug: true,
		patchConsole: false,
		exitOnCtrlC: false,
	});
	showTheme = () => app.rerender(element());
	try {
		return (await app.waitUntilExit()) as NodeJS.Signals | undefined;
	} finally {
		store.end();
		await terminal.close();
	}
}
