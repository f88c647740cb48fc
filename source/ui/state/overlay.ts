import type {Action} from './action.ts';
import {actOnEvents} from './event-list.ts';
import {movedTo} from './moved-to.ts';
import {type Mode, type ScreenState, TABLE} from './screen-state.ts';
import type {Visible} from './visible.ts';

export type Overlay = Extract<Mode, {readonly kind: 'overlay'}>['overlay'];

const OVERLAYS: ReadonlySet<string> = new Set<Overlay>(['help', 'explain', 'events']);

/** Whether an action opens an overlay. */
export function isOverlay(type: Action['type']): type is Overlay {
	return OVERLAYS.has(type);
}

/** Opens an overlay, which replaces another one, or closes it if it is open. */
export function toggleOverlay(state: ScreenState, overlay: Overlay): ScreenState {
	const {mode} = state;
	const isOpen = mode.kind === 'overlay' && mode.overlay === overlay;
	return {...state, mode: isOpen ? TABLE : {kind: 'overlay', overlay, offset: 0}};
}

/** Handles an action while an overlay is open: movements scroll it or select in it, most others close it. */
export function actOnOverlay(
	state: ScreenState,
	mode: Extract<Mode, {readonly kind: 'overlay'}>,
	action: Action,
	visible: Visible,
): ScreenState {
	if (mode.overlay === 'events') {
		return actOnEvents(state, mode, action, visible);
	}

	const {overlayRest, height} = visible;
	const to = movedTo(mode.offset, action, Math.max(height - 1, 1), overlayRest);
	return to === undefined || overlayRest <= 0
		? {...state, mode: TABLE}
		: {...state, mode: {...mode, offset: Math.min(Math.max(to, 0), overlayRest)}};
}
