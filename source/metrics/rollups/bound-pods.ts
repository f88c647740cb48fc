import {addExtended, type ExtendedAmounts, isSameExtended} from '../model/extended-resources.ts';
import type {PodInfo, ResourceAmounts} from '../model/inventory.ts';
import type {BoundPods} from '../model/row.ts';

/** Sums requests and limits of pods. No request counts as 0; no limit counts as none. */
export class BoundPodsSum {
	#pods = 0;
	#requestedCores = 0;
	#requestedBytes = 0;
	#extendedRequests: ExtendedAmounts | undefined;
	#limitCores: number | undefined;
	#limitBytes: number | undefined;

	add({requests, extendedRequests, limits}: Pick<PodInfo, 'requests' | 'extendedRequests' | 'limits'>): void {
		this.addPods({pods: 1, requests, extendedRequests, limits});
	}

	addPods({pods, requests, extendedRequests, limits}: BoundPods): void {
		this.#pods += pods;
		this.#requestedCores += requests.cpuCores ?? 0;
		this.#requestedBytes += requests.memoryBytes ?? 0;
		this.#extendedRequests = addExtended(this.#extendedRequests, extendedRequests);
		this.#limitCores = plus(this.#limitCores, limits.cpuCores);
		this.#limitBytes = plus(this.#limitBytes, limits.memoryBytes);
	}

	total(): BoundPods {
		return {
			pods: this.#pods,
			requests: {cpuCores: this.#requestedCores, memoryBytes: this.#requestedBytes},
			extendedRequests: this.#extendedRequests,
			limits: {cpuCores: this.#limitCores, memoryBytes: this.#limitBytes},
		};
	}
}

function plus(sum: number | undefined, more: number | undefined): number | undefined {
	return more === undefined ? sum : (sum ?? 0) + more;
}

export const UNKNOWN_AMOUNTS: ResourceAmounts = {cpuCores: undefined, memoryBytes: undefined};

export function isSameBound(one: BoundPods | undefined, other: BoundPods | undefined): boolean {
	return (
		one === other ||
		(one !== undefined &&
			other !== undefined &&
			one.pods === other.pods &&
			isSameAmount(one.requests, other.requests) &&
			isSameExtended(one.extendedRequests, other.extendedRequests) &&
			isSameAmount(one.limits, other.limits))
	);
}

function isSameAmount(one: ResourceAmounts, other: ResourceAmounts): boolean {
	return one.cpuCores === other.cpuCores && one.memoryBytes === other.memoryBytes;
}
