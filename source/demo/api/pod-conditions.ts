import type {JsonFields} from '../json-fields.ts';
import {stamp} from '../metav1-time.ts';

/** What is in the way of a pod's readiness, as its conditions name it. */
type Hindrance = 'ContainersNotReady' | 'PodCompleted' | 'PodFailed';

/** The conditions of a pod that a kubelet took on; `readyMs` is since when it is ready or not. */
export function podConditions(
	startMs: number,
	readyMs: number,
	hindrance: Hindrance | undefined,
): readonly JsonFields[] {
	const started = stamp(startMs);
	const turned = stamp(readyMs);
	const one = (type: string, isTrue: boolean, since: string, reason?: string): JsonFields => ({
		type,
		status: isTrue ? 'True' : 'False',
		lastTransitionTime: since,
		...(reason === undefined ? {} : {reason}),
	});
	return [
		one('Initialized', true, started, hindrance === 'PodCompleted' ? hindrance : undefined),
		one('Ready', hindrance === undefined, turned, hindrance),
		one('ContainersReady', hindrance === undefined, turned, hindrance),
		one('PodScheduled', true, started),
	];
}
