import type {Subject} from '../../metrics/model/row.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {currentPage} from '../state/page.ts';
import {Charts} from './charts.tsx';
import {Facts} from './facts.tsx';

/** The least height at which charts without values are a line of their own below the others. */
const MIN_HEIGHT = 5;

/** The opened object: its charts, its facts, or both if there is room. */
export function SubjectPane({shown, subject}: {readonly shown: Shown; readonly subject: Subject}) {
	const {above, charts} = shown;
	const isApart = charts.unmeasured.length > 0 && (above.charts >= MIN_HEIGHT || charts.drawn.length === 0);
	const drawn = isApart ? charts.drawn : [...charts.drawn, ...charts.unmeasured];
	const height = above.charts - (isApart ? 1 : 0);
	const isStacked = currentPage(shown.state).level === undefined;
	return (
		<>
			{above.facts > 0 && <Facts shown={shown} subject={subject} height={above.facts} />}
			{height > 0 && (
				<Charts shown={shown} subject={subject} charts={drawn} height={height} isStacked={isStacked} />
			)}
			{isApart && above.charts > 0 && (
				<Charts shown={shown} subject={subject} charts={charts.unmeasured} height={1} isStacked={false} />
			)}
		</>
	);
}
