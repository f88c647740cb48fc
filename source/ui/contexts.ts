import {createContext, useContext} from 'react';
import type {Multiplexer} from './clipboard.ts';
import type {Tier} from './format/chart.ts';
import type {ScreenStore} from './hooks/screen-store.ts';
import type {MouseEvent} from './terminal/mouse.ts';
import type {Theme} from './theme/theme.ts';

/** What the terminal can show, and the few things that a component does to it beside Ink. */
export type TerminalAbilities = {
	/** What charts are drawn with. */
	readonly tier: Tier;
	readonly multiplexer: Multiplexer | undefined;
	/** Writes a sequence that shows nothing. */
	readonly write: (sequence: string) => void;
	/** Resolves once no answer of the terminal is on its way that another program would read as typed. */
	readonly settle: () => Promise<void>;
	/** To be called before a terminal that was lent is taken again: keys typed until its screen is seen press nothing. */
	readonly dropTypedAhead: () => void;
	/** Calls back with clicks and the wheel; the result ends that. */
	readonly onMouse: (listener: (event: MouseEvent) => void) => () => void;
	/** Calls back with keys that Ink has no name for: `f1` to `f12`, `insert`; the result ends that. */
	readonly onFunctionKey: (listener: (name: string) => void) => () => void;
	/** Shows the screen anew, whatever another program left there. */
	readonly redraw: () => void;
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
