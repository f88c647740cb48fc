import type {JsonFields} from '../json-fields.ts';
import {stamp} from '../metav1-time.ts';

/** The reason of a pod's condition Ready if it is False. */
export type NotReadyReason = 'ContainersNotReady' | 'PodCompleted' | 'PodFailed';

/** The conditions of a pod on a node. `readyMs` is the last change of its readiness. */
export function podConditions(
	startMs: number,
	readyMs: number,
	notReady: NotReadyReason | undefined,
): readonly JsonFields[] {
	const started = stamp(startMs);
	const changed = stamp(readyMs);
	const condition = (type: string, isTrue: boolean, since: string, reason?: string): JsonFields => ({
		type,
		status: isTrue ? 'True' : 'False',
		lastTransitionTime: since,
		...(reason === undefined ? {} : {reason}),
	});
	return [
		condition('Initialized', true, started, notReady === 'PodCompleted' ? notReady : undefined),
		condition('Ready', notReady === undefined, changed, notReady),
		condition('ContainersReady', notReady === undefined, changed, notReady),
		condition('PodScheduled', true, started),
	];
}
