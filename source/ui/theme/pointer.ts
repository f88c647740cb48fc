import type {Theme} from './theme.ts';

/** The sign in front of the selected row. */
export function pointerOf({symbols}: Pick<Theme, 'symbols'>): string {
	return symbols === 'unicode' ? '▸' : '>';
}
