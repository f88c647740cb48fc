import type {Subject} from '../../metrics/model/row.ts';
import {chartsOf} from '../format/chart-kinds.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {currentPage} from '../state/page.ts';
import {Charts} from './charts.tsx';
import {Facts} from './facts.tsx';

/** The opened object: its charts, its facts, or both if there is room. */
export function SubjectPane({shown, subject}: {readonly shown: Shown; readonly subject: Subject}) {
	const {facts, charts} = shown.above;
	return (
		<>
			{facts > 0 && <Facts shown={shown} subject={subject} height={facts} />}
			{charts > 0 && (
				<Charts
					shown={shown}
					subject={subject}
					charts={chartsOf(subject)}
					height={charts}
					isStacked={currentPage(shown.state).level === undefined}
				/>
			)}
		</>
	);
}
