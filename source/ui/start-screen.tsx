import {render} from 'ink';
import {App} from './components/app.tsx';
import type {TerminalAbilities} from './contexts.ts';
import type {Feed, ScreenOptions} from './feed.ts';
import {ScreenStore} from './hooks/screen-store.ts';
import {initialState} from './state/screen-state.ts';
import {openTerminal} from './terminal/open-terminal.ts';
import {createTheme} from './theme/theme.ts';

/**
 * Takes over the terminal until the user quits or a signal ends it; resolves with that signal once the terminal is given
 * back as it was, rejects with a defect.
 */
export async function startScreen(feed: Feed, options: ScreenOptions): Promise<NodeJS.Signals | undefined> {
	const {isSpoken, hasMouse, multiplexer, symbols, colors, charts} = options;
	const terminal = openTerminal(
		options,
		{isFullScreen: !isSpoken, hasMouse: hasMouse && !isSpoken},
		{
			onHangUp: () => process.emit('SIGHUP', 'SIGHUP'),
			onClear: () => store.goOn(),
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
		// Each frame whole and at once: the store paces them, and the terminal's stdout writes what changed.
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
