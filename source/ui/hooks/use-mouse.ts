import {useEffect} from 'react';
import {useTerminal} from '../contexts.ts';
import type {MouseEvent} from '../terminal/mouse.ts';

/** Handles clicks and the wheel. */
export function useMouse(act: (event: MouseEvent) => void): void {
	const {onMouse} = useTerminal();
	useEffect(() => onMouse(act), [onMouse, act]);
}
