import type {Subject} from '../../metrics/model/row.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {Charts} from './charts.tsx';
import {Facts} from './facts.tsx';

/** What was opened: over time, in facts, or both where no table needs the room. */
export function SubjectPane({shown, subject}: {readonly shown: Shown; readonly subject: Subject}) {
	const {facts, charts} = shown.above;
	return (
		<>
			{facts > 0 && <Facts shown={shown} subject={subject} height={facts} />}
			{charts > 0 && <Charts shown={shown} subject={subject} height={charts} />}
		</>
	);
}
