import {isBound} from '../model/counts.ts';
import type {ExtendedAmounts} from '../model/extended-resources.ts';
import {isFinished, type PodInfo, type ResourceAmounts} from '../model/inventory.ts';
import {killedForMemory} from '../model/killed-for-memory.ts';
import {lastingContainers} from '../model/pod-limits.ts';

/** What sums take of what the API server says of a pod. Pods of one workload mostly have the same. */
export type PodFacts = {
	readonly isListed: boolean;
	/** See `isBound`. */
	readonly isBound: boolean;
	/** Requests and limits, and what is ready, count while it is not finished. */
	readonly isFinished: boolean;
	/** Whether each container that lasts is ready, and there is one. */
	readonly isReady: boolean;
	/** Running containers by the API server. */
	readonly running: number | undefined;
	readonly restarts: number | undefined;
	readonly oomKilled: number | undefined;
	readonly requests: ResourceAmounts;
	readonly extendedRequests: ExtendedAmounts | undefined;
	readonly limits: ResourceAmounts;
	/** The limit of the pod as a whole. */
	readonly memoryLimitBytes: number | undefined;
	/** How many containers have a limit, and how many there are. A pod-level limit counts as one of each. */
	readonly limited: {readonly cpuCores: number; readonly memoryBytes: number; readonly of: number};
};

const NO_AMOUNTS: ResourceAmounts = {cpuCores: undefined, memoryBytes: undefined};

/** Of a pod that no API server lists. */
export const NOT_LISTED: PodFacts = {
	isListed: false,
	isBound: true,
	isFinished: true,
	isReady: false,
	running: undefined,
	restarts: undefined,
	oomKilled: undefined,
	requests: NO_AMOUNTS,
	extendedRequests: undefined,
	limits: NO_AMOUNTS,
	memoryLimitBytes: undefined,
	limited: {cpuCores: 0, memoryBytes: 0, of: 0},
};

export function podFacts(info: PodInfo | undefined): PodFacts {
	if (info === undefined) {
		return NOT_LISTED;
	}

	const {containers, isLimited, limits} = info;
	const lasting = lastingContainers(containers);
	return {
		isListed: true,
		isBound: isBound({info}),
		isFinished: isFinished(info),
		isReady: lasting.length > 0 && lasting.every(({isReady}) => isReady),
		running: containers.filter(({state}) => state.kind === 'running').length,
		restarts: info.restarts,
		oomKilled: killedForMemory(containers).length,
		requests: info.requests,
		extendedRequests: info.extendedRequests,
		limits,
		memoryLimitBytes: isLimited.memory ? limits.memoryBytes : undefined,
		limited: {
			cpuCores: lasting.filter(({limits}) => isLimited.cpu || limits.cpuCores !== undefined).length,
			memoryBytes: lasting.filter(({limits}) => isLimited.memory || limits.memoryBytes !== undefined).length,
			of: lasting.length,
		},
	};
}

/** Facts with the same key are the same. */
export function keyOfFacts(facts: PodFacts): string {
	const {requests, limits, limited, extendedRequests} = facts;
	const state = `${facts.isBound} ${facts.isFinished} ${facts.isReady} ${facts.running}`;
	const ends = `${facts.restarts} ${facts.oomKilled}`;
	const amounts = `${requests.cpuCores} ${requests.memoryBytes} ${limits.cpuCores} ${limits.memoryBytes}`;
	const limitedBy = `${facts.memoryLimitBytes} ${limited.cpuCores} ${limited.memoryBytes} ${limited.of}`;
	const extended = extendedRequests === undefined ? '' : JSON.stringify(extendedRequests);
	return `${state} ${ends} ${amounts} ${limitedBy} ${extended}`;
}
