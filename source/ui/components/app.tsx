import {StoreContext, type TerminalAbilities, TerminalContext, ThemeContext} from '../contexts.ts';
import type {ScreenStore} from '../hooks/screen-store.ts';
import type {Theme} from '../theme/theme.ts';
import {Controls} from './controls.tsx';
import {Screen} from './screen.tsx';
import {SpokenScreen} from './spoken-screen.tsx';

export type AppProps = {
	readonly store: ScreenStore;
	readonly theme: Theme;
	readonly terminal: TerminalAbilities;
	/** Whether to print sentences for a screen reader instead of tables. */
	readonly isSpoken: boolean;
};

/** The screen with its contexts, and the handlers of keys, mouse and signals. */
export function App({store, theme, terminal, isSpoken}: AppProps) {
	return (
		<StoreContext value={store}>
			<ThemeContext value={theme}>
				<TerminalContext value={terminal}>
					<Controls />
					{isSpoken ? <SpokenScreen /> : <Screen />}
				</TerminalContext>
			</ThemeContext>
		</StoreContext>
	);
}
