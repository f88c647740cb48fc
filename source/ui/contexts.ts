import {createContext, useContext} from 'react';
import type {Multiplexer} from './clipboard.ts';
import type {Tier} from './format/chart.ts';
import type {ScreenStore} from './hooks/screen-store.ts';
import type {OpenTerminal} from './terminal/open-terminal.ts';
import type {Theme} from './theme/theme.ts';

/** What the terminal can show, and operations on it that Ink does not provide. */
export type TerminalAbilities = Pick<
	OpenTerminal,
	'write' | 'settle' | 'dropTypedAhead' | 'redraw' | 'onMouse' | 'onFunctionKey'
> & {
	/** How charts are drawn: `ascii` where the theme's symbols are. */
	readonly tier: Tier;
	readonly multiplexer: Multiplexer | undefined;
};

export const StoreContext = createContext<ScreenStore | undefined>(undefined);
export const ThemeContext = createContext<Theme | undefined>(undefined);
export const TerminalContext = createContext<TerminalAbilities | undefined>(undefined);

export function useStore(): ScreenStore {
	return provided(useContext(StoreContext), 'StoreContext');
}

export function useTheme(): Theme {
	return provided(useContext(ThemeContext), 'ThemeContext');
}

export function useTerminal(): TerminalAbilities {
	return provided(useContext(TerminalContext), 'TerminalContext');
}

function provided<T>(value: T | undefined, name: string): T {
	if (value === undefined) {
		throw new Error(`${name} has no provider`);
	}

	return value;
}
