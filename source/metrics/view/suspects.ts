import type {ContainerRow, PodRow} from '../model/row.ts';
import {isContainerAtLimit} from '../problems/container-problems.ts';
import {hasPassingProblems, isPodAtLimit} from '../problems/pod-problems.ts';

/** Those of some rows that have problems, or may have them at another time: mostly few. */
export type Suspects = {
	/** With problems by their figures. */
	readonly pods: readonly PodRow[];
	readonly containers: readonly ContainerRow[];
	/** Whose problems depend on the time. */
	readonly passing: readonly PodRow[];
};

export function suspectsAmong(pods: readonly PodRow[], containers: readonly ContainerRow[]): Suspects {
	return {
		pods: only(pods, isPodAtLimit),
		containers: only(containers, isContainerAtLimit),
		passing: only(pods, hasPassingProblems),
	};
}

const NONE: readonly never[] = [];

function only<R>(rows: readonly R[], isWanted: (row: R) => boolean): readonly R[] {
	let wanted: R[] | undefined;
	for (const row of rows) {
		if (isWanted(row)) {
			wanted ??= [];
			wanted.push(row);
		}
	}

	return wanted ?? NONE;
}
