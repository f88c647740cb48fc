import type {ObjectRow, Surroundings} from '../model/column.ts';
import {firstOf} from './missing.ts';
import {networkUnmeasured, unmeasured, whyNotInSummary} from './why-unmeasured.ts';

const cacheUnmeasured = unmeasured(
	firstOf(whyNotInSummary(['node', 'pod', 'container']), 'what the node sends does not tell it'),
);

/** What the facts of an object lack and no column of its table is of, each with the reason. */
export function missingFacts(
	row: ObjectRow,
	around: Surroundings,
): ReadonlyArray<readonly [fact: string, reason: string]> {
	if (row.kind === 'namespace') {
		return [];
	}

	const missing: Array<readonly [fact: string, reason: string]> = [];
	if (row.memoryCacheBytes === undefined) {
		missing.push(['cache', cacheUnmeasured(row, around)]);
	}

	if (row.kind === 'container' && row.rxErrorsPerSecond === undefined) {
		missing.push(['net errors', networkUnmeasured(row, around)]);
	}

	return missing;
}
