import type {Subject} from '../../metrics/model/row.ts';
import {useTheme} from '../contexts.ts';
import {drawFacts} from '../draw/facts.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {useTimedText} from '../hooks/use-timed-text.ts';
import {Lines} from './lines.tsx';

export type FactsProps = {readonly shown: Shown; readonly subject: Subject; readonly height: number};

/** The facts about an object, such as limits, volumes and pressure. */
export function Facts({shown: {columns}, subject, height}: FactsProps) {
	const theme = useTheme();
	const text = useTimedText(nowMs =>
		drawFacts({row: subject, nowMs, width: columns, height, theme}).join('\n'),
	);
	return <Lines lines={text.split('\n')} height={height} />;
}
