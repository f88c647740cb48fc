import type {Row} from '../../metrics/model/row.ts';
import {nodeIdOf} from './subject.ts';

/** The nodes whose samples the rows on the screen are of, each once: they are read first. */
export function visibleNodes(shown: readonly Row[]): readonly string[] {
	return [...new Set(shown.flatMap(row => nodeIdOf(row) ?? []))];
}
