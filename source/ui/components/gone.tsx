import {useTheme} from '../contexts.ts';
import {drawGone} from '../draw/gone.ts';
import {Lines} from './lines.tsx';

export type GoneProps = {readonly name: string; readonly width: number; readonly height: number};

/** Replaces the charts of an object that no longer exists. */
export function Gone({name, width, height}: GoneProps) {
	return <Lines lines={drawGone(name, height, width, useTheme())} height={height} />;
}
