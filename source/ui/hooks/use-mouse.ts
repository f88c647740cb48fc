import {useEffect} from 'react';
import {useTerminal} from '../contexts.ts';
import type {MouseEvent} from '../terminal/mouse.ts';

/** Clicks and the wheel, which the terminal's input reports beside its keys. */
export function useMouse(act: (event: MouseEvent) => void): void {
	const {onMouse} = useTerminal();
	useEffect(() => onMouse(act), [onMouse, act]);
}
