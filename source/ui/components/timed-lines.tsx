import {useCallback} from 'react';
import {useTimedText} from '../hooks/use-timed-text.ts';
import {Lines} from './lines.tsx';

export type TimedLinesProps = {
	readonly linesAt: (nowMs: number) => readonly string[];
	/** The height of the box; further lines are cut. */
	readonly height: number;
};

/** Preformatted lines that change with time, such as those with ages. */
export function TimedLines({linesAt, height}: TimedLinesProps) {
	const text = useTimedText(useCallback((nowMs: number) => linesAt(nowMs).join('\n'), [linesAt]));
	return <Lines lines={text.split('\n')} height={height} />;
}
