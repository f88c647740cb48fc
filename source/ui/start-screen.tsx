import {render} from 'ink';
import {App} from './components/app.tsx';
import type {TerminalAbilities} from './contexts.ts';
import type {Feed, ScreenOptions} from './feed.ts';
import {ScreenStore} from './hooks/screen-store.ts';
import {initialState} from './state/screen-state.ts';
import {openTerminal} from './terminal/open-terminal.ts';
import {createTheme} from './theme/theme.ts';

/**
 * Runs the screen until the user quits or a signal ends it. Resolves, with the signal if any, once the terminal is
 * restored; rejects with an uncaught exception.
 */
export async function startScreen(feed: Feed, options: ScreenOptions): Promise<NodeJS.Signals | undefined> {
	const {isSpoken, hasMouse, multiplexer, symbols, colors, charts} = options;
	const terminal = openTerminal(
		options,
		{isFullScreen: !isSpoken, hasMouse: hasMouse && !isSpoken},
		{
			onHangUp: () => process.emit('SIGHUP', 'SIGHUP'),
			onClear: () => store.resume(),
		},
	);
	const store = new ScreenStore(feed, initialState(options.level, options), {
		isClear: () => terminal.isClear,
		remember: options.remember,
		isLive: !isSpoken,
	});
	const theme = createTheme({name: options.theme, colors, symbols});
	const abilities: TerminalAbilities = {
		...terminal,
		tier: symbols === 'ascii' ? 'ascii' : charts,
		multiplexer,
	};
	const app = render(<App store={store} theme={theme} terminal={abilities} isSpoken={isSpoken} />, {
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
	try {
		return (await app.waitUntilExit()) as NodeJS.Signals | undefined;
	} finally {
		store.end();
		await terminal.close();
	}
}
