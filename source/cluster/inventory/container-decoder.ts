import type {
	ContainerInfo,
	ContainerRole,
	ContainerState,
	Termination,
} from '../../metrics/model/inventory.ts';
import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';
import {integerAt, objectAt, textAt, timeAt} from './json-field.ts';
import {messageAt} from './message.ts';
import {type ContainerAmounts, effectiveRequests, extendedRequestsOf} from './pod-resources.ts';
import {noAmounts} from './resource-amounts.ts';
import {listedContainer, sharedAmounts, sharedText} from './shared-values.ts';

/** Decodes a container of a pod's spec and its status, which is undefined until the kubelet reports one. */
export function decodeContainer(
	container: JsonObject,
	status: JsonObject | undefined,
	kind: ContainerRole,
	amounts: ContainerAmounts | undefined,
): ContainerInfo {
	const lastTerminated = objectAt(status ?? {}, 'lastState').terminated;
	return listedContainer({
		name: sharedText(textAt(container, 'name') ?? ''),
		kind,
		image: sharedText(textAt(container, 'image')),
		requests: amounts ? sharedAmounts(effectiveRequests(amounts)) : noAmounts,
		extendedRequests: extendedRequestsOf(container),
		limits: sharedAmounts(amounts?.actuated.limits ?? noAmounts),
		isReady: status?.ready === true,
		restarts: (status && integerAt(status, 'restartCount')) ?? 0,
		state: decodeState(objectAt(status ?? {}, 'state')),
		lastTermination: isJsonObject(lastTerminated) ? decodeTermination(lastTerminated) : undefined,
	});
}

function decodeState({running, waiting, terminated}: JsonObject): ContainerState {
	if (isJsonObject(running)) {
		return runningSince(timeAt(running, 'startedAt'));
	}
	if (isJsonObject(terminated)) {
		return {kind: 'terminated', ...decodeTermination(terminated)};
	}
	if (isJsonObject(waiting)) {
		return {kind: 'waiting', reason: textAt(waiting, 'reason'), message: messageAt(waiting)};
	}
	return {kind: 'unknown'};
}

let lastRunning: Extract<ContainerState, {kind: 'running'}> = {kind: 'running', startedAtMs: undefined};

/** Containers of a pod mostly start in the same second: one object for them. */
function runningSince(startedAtMs: number | undefined): ContainerState {
	if (lastRunning.startedAtMs !== startedAtMs) {
		lastRunning = {kind: 'running', startedAtMs};
	}

	return lastRunning;
}

function decodeTermination(terminated: JsonObject): Termination {
	const signal = integerAt(terminated, 'signal');
	return {
		reason: textAt(terminated, 'reason'),
		exitCode: integerAt(terminated, 'exitCode'),
		signal: signal === 0 ? undefined : signal,
		finishedAtMs: timeAt(terminated, 'finishedAt'),
	};
}
