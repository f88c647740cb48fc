import type {Subject} from '../../metrics/model/row.ts';
import {useTheme} from '../contexts.ts';
import {drawFacts} from '../draw/facts.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {currentPage} from '../state/page.ts';
import {TimedLines} from './timed-lines.tsx';

export type FactsProps = {readonly shown: Shown; readonly subject: Subject; readonly height: number};

/** The facts about an object, such as limits, volumes and pressure. */
export function Facts({shown: {columns, charts, described, state}, subject, height}: FactsProps) {
	const theme = useTheme();
	return (
		<TimedLines
			linesAt={nowMs =>
				drawFacts({
					row: subject,
					nowMs,
					width: columns,
					height,
					theme,
					isKnownOnly: charts.drawn.length === 0,
					description: described?.description,
					page: currentPage(state).factsPage,
				})
			}
			height={height}
		/>
	);
}
