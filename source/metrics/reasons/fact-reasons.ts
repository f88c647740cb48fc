import type {Surroundings} from '../model/column.ts';
import type {ObjectRow} from '../model/row.ts';
import {isSumOfPods} from '../model/sum-of-pods.ts';
import {firstOf} from './reason.ts';
import {networkUnmeasured, unmeasured, whyNotInSummary} from './unmeasured.ts';

const cacheUnmeasured = unmeasured(
	firstOf(whyNotInSummary(['node', 'pod', 'container']), 'the samples of the node do not contain it'),
);

/** Answers for the facts of a row that no column shows: which are unknown, and why? */
export function factReasons(
	row: ObjectRow,
	around: Surroundings,
): ReadonlyArray<readonly [fact: string, reason: string]> {
	if (isSumOfPods(row) || row.kind === 'process') {
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
