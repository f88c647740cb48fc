import {addExtended, type ExtendedAmounts} from '../model/extended-resources.ts';
import {networkErrorsOf} from '../model/network-errors.ts';
import type {PodRow, PodSums} from '../model/row.ts';
import {highestFullnessOf} from '../model/volumes.ts';
import type {PodFacts} from './pod-facts.ts';

/** The places of counts in the numbers of a group, which begin with 0. */
const POD_COUNT = 0;
const BOUND_PODS = 1;
const REQUESTED_CORES = 2;
const REQUESTED_BYTES = 3;
const LIMITED_CORES = 4;
const LIMITED_BYTES = 5;
const LIMITED_OF = 6;
const MEASURED_REQUESTED_CORES = 7;
const MEASURED_REQUESTED_BYTES = 8;
const COUNTS = 9;

/** Those of sums, which are NaN until a value is known. */
const CONTAINERS = 9;
const CPU = 10;
const MEMORY = 11;
const RSS = 12;
const RX = 13;
const TX = 14;
const RESTARTS = 15;
const OOM_KILLED = 16;
const ERRORS = 17;
const EPHEMERAL = 18;
const LIMIT_CORES = 19;
const LIMIT_BYTES = 20;
const MEASURED_LIMIT_CORES = 21;
const MEASURED_LIMIT_BYTES = 22;
const FULLEST_VOLUME = 23;
const NUMBERS = 24;

const FIRST_ROOM = 16;

/**
 * Sums groups of pods that come in any order. Groups are numbered; all their numbers are in one array, since objects for
 * each sum of thousands of groups would be all over the memory.
 */
export class PodsSums {
	#numbers = new Float64Array(0);
	#room = 0;
	readonly #extendedRequests: Array<ExtendedAmounts | undefined> = [];

	/** Adds a pod. hostNetwork pods show the node's traffic and are in no network sum. */
	add(group: number, pod: PodRow, facts: PodFacts): void {
		const numbers = this.#numbersFor(group);
		const at = group * NUMBERS;
		count(numbers, at + POD_COUNT, Number(facts.isBound));
		// 0 running containers is a known number.
		add(numbers, at + CONTAINERS, (pod.containerCount ?? facts.running) === undefined ? undefined : 0);
		if (!facts.isFinished) {
			this.#addBound(numbers, group, facts);
			addMeasured(numbers, at, pod, facts);
		}

		add(numbers, at + CPU, pod.cpuCores);
		add(numbers, at + MEMORY, pod.memoryWorkingSetBytes);
		add(numbers, at + RSS, pod.memoryRssBytes);
		if (!pod.isHostNetwork) {
			add(numbers, at + RX, pod.rxBytesPerSecond);
			add(numbers, at + TX, pod.txBytesPerSecond);
			add(numbers, at + ERRORS, networkErrorsOf(pod));
		}

		add(numbers, at + RESTARTS, facts.restarts);
		add(numbers, at + OOM_KILLED, facts.oomKilled);
		add(numbers, at + EPHEMERAL, pod.ephemeralStorageUsedBytes);
		const full = highestFullnessOf(pod.volumes);
		const most = numbers[at + FULLEST_VOLUME] ?? Number.NaN;
		if (full !== undefined && !(full <= most)) {
			numbers[at + FULLEST_VOLUME] = full;
		}
	}

	/** How many containers are known to run. */
	addContainers(group: number, running: number | undefined): void {
		add(this.#numbersFor(group), group * NUMBERS + CONTAINERS, running);
	}

	/** No request counts as 0; no limit counts as none. */
	#addBound(numbers: Float64Array, group: number, facts: PodFacts): void {
		const at = group * NUMBERS;
		const {requests, limits, limited, extendedRequests} = facts;
		count(numbers, at + BOUND_PODS, 1);
		count(numbers, at + REQUESTED_CORES, requests.cpuCores ?? 0);
		count(numbers, at + REQUESTED_BYTES, requests.memoryBytes ?? 0);
		add(numbers, at + LIMIT_CORES, limits.cpuCores);
		add(numbers, at + LIMIT_BYTES, limits.memoryBytes);
		count(numbers, at + LIMITED_CORES, limited.cpuCores);
		count(numbers, at + LIMITED_BYTES, limited.memoryBytes);
		count(numbers, at + LIMITED_OF, limited.of);
		if (extendedRequests !== undefined) {
			this.#extendedRequests[group] = addExtended(this.#extendedRequests[group], extendedRequests);
		}
	}

	/** Requests and limits only where all of these pods are listed. */
	total(group: number, isComplete: boolean): PodSums {
		const numbers = this.#numbersFor(group);
		const at = group * NUMBERS;
		const counted = (place: number): number => numbers[at + place] ?? 0;
		const known = (place: number): number | undefined => {
			const sum = numbers[at + place] ?? Number.NaN;
			return Number.isNaN(sum) ? undefined : sum;
		};
		return {
			podCount: counted(POD_COUNT),
			containerCount: known(CONTAINERS),
			cpuCores: known(CPU),
			memoryWorkingSetBytes: known(MEMORY),
			memoryRssBytes: known(RSS),
			rxBytesPerSecond: known(RX),
			txBytesPerSecond: known(TX),
			bound: isComplete
				? {
						pods: counted(BOUND_PODS),
						requests: {cpuCores: counted(REQUESTED_CORES), memoryBytes: counted(REQUESTED_BYTES)},
						extendedRequests: this.#extendedRequests[group],
						limits: {cpuCores: known(LIMIT_CORES), memoryBytes: known(LIMIT_BYTES)},
					}
				: undefined,
			measured: {
				requests: {
					cpuCores: counted(MEASURED_REQUESTED_CORES),
					memoryBytes: counted(MEASURED_REQUESTED_BYTES),
				},
				limits: {cpuCores: known(MEASURED_LIMIT_CORES), memoryBytes: known(MEASURED_LIMIT_BYTES)},
			},
			limited: {
				cpuCores: counted(LIMITED_CORES),
				memoryBytes: counted(LIMITED_BYTES),
				of: counted(LIMITED_OF),
			},
			restarts: known(RESTARTS),
			oomKilled: known(OOM_KILLED),
			networkErrorsPerSecond: known(ERRORS),
			ephemeralStorageUsedBytes: known(EPHEMERAL),
			fullestVolumeRatio: known(FULLEST_VOLUME),
		};
	}

	#numbersFor(group: number): Float64Array {
		if (group >= this.#room) {
			const before = this.#room;
			this.#room = Math.max(FIRST_ROOM, group + 1, before * 2);
			const more = new Float64Array(this.#room * NUMBERS);
			more.set(this.#numbers);
			for (let at = before * NUMBERS; at < more.length; at += NUMBERS) {
				more.fill(Number.NaN, at + COUNTS, at + NUMBERS);
			}

			this.#numbers = more;
		}

		return this.#numbers;
	}
}

/** Requests and limits of CPU where its usage is known, and those of memory. */
function addMeasured(numbers: Float64Array, at: number, pod: PodRow, {requests, limits}: PodFacts): void {
	if (pod.cpuCores !== undefined) {
		count(numbers, at + MEASURED_REQUESTED_CORES, requests.cpuCores ?? 0);
		add(numbers, at + MEASURED_LIMIT_CORES, limits.cpuCores);
	}

	if (pod.memoryWorkingSetBytes !== undefined) {
		count(numbers, at + MEASURED_REQUESTED_BYTES, requests.memoryBytes ?? 0);
		add(numbers, at + MEASURED_LIMIT_BYTES, limits.memoryBytes);
	}
}

function count(numbers: Float64Array, place: number, more: number): void {
	numbers[place] = (numbers[place] ?? 0) + more;
}

function add(numbers: Float64Array, place: number, value: number | undefined): void {
	if (value !== undefined) {
		const sum = numbers[place] ?? Number.NaN;
		numbers[place] = Number.isNaN(sum) ? value : sum + value;
	}
}
