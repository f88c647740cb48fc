import {gpusOf} from './extended-resources.ts';
import type {NodeRow} from './row.ts';

/** Undefined where there is none. */
export function allocatableGpus({info}: NodeRow): number | undefined {
	return gpusOf(info?.allocatable.extended) || undefined;
}

/** 0 where a node has GPUs and no pod requests one. */
export function requestedGpus(row: NodeRow): number | undefined {
	const {bound} = row;
	return bound === undefined
		? undefined
		: (gpusOf(bound.extendedRequests) ?? (allocatableGpus(row) === undefined ? undefined : 0));
}
