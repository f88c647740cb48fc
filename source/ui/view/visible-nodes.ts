import type {Row} from '../../metrics/model/row.ts';
import {nodeIdOf} from './subject.ts';

/** The ids of the nodes of the rows on the screen, each once; the poller scrapes them first. */
export function visibleNodes(shown: readonly Row[]): readonly string[] {
	return [...new Set(shown.flatMap(row => nodeIdOf(row) ?? []))];
}
