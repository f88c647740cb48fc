import type {ContainerReading, PodReading, PodReference} from '../model/reading.ts';
import type {PodRow} from '../model/row.ts';
import type {FigurePlace} from '../rates/figure-room.ts';
import type {PackedContainer} from '../rates/packed-container.ts';
import {PLACES} from '../rates/packed-usage.ts';
import type {ContainersCpu} from '../rates/usage-tracker.ts';

/** Which figures of a pod are sums of its containers, since the node reports none for the pod itself. */
type Summed = PodRow['summed'];

export const NOT_SUMMED: Summed = {cpu: false, memory: false};

/** One object for all pods. */
const SUMMED: readonly Summed[] = [
	NOT_SUMMED,
	{cpu: true, memory: false},
	{cpu: false, memory: true},
	{cpu: true, memory: true},
];

function summedOf(cpu: boolean, memory: boolean): Summed {
	return SUMMED[Number(cpu) + 2 * Number(memory)] ?? NOT_SUMMED;
}

const SUMMED_MEMORY = [
	PLACES.memoryWorkingSetBytes,
	PLACES.memoryUsageBytes,
	PLACES.memoryRssBytes,
	PLACES.memoryCacheBytes,
] as const;

/** The containers of one pod in one reading. */
export class PodContainers implements ContainersCpu {
	readonly pod: PodReference;
	/** All reported containers. */
	count = 0;
	/** Whether the reading has the pod itself, too. */
	isReported = false;
	/** CPU time of all of them, in nanoseconds; NaN where one has none. */
	#counter = 0;
	/** Containers with figures: an ended one is reported without any. */
	readonly #measured: PackedContainer[] = [];

	constructor(pod: PodReference) {
		this.pod = pod;
	}

	add(row: PackedContainer, {cpu}: ContainerReading): void {
		this.count++;
		const counter = cpu?.usageCoreNanoseconds;
		if (
			counter === undefined &&
			cpu?.usageCores === undefined &&
			Number.isNaN(row.numberAt(PLACES.memoryWorkingSetBytes))
		) {
			return;
		}

		this.#measured.push(row);
		this.#counter += counter ?? Number.NaN;
	}

	get isMeasured(): boolean {
		return this.#measured.length > 0;
	}

	get counter(): number {
		return this.isMeasured ? this.#counter : Number.NaN;
	}

	get cores(): number {
		return this.sum(PLACES.cpuCores);
	}

	/** Of a figure, by its place. NaN where one has none: the sum of the others would look like the whole. */
	sum(place: number): number {
		let total = this.isMeasured ? 0 : Number.NaN;
		for (const row of this.#measured) {
			total += row.numberAt(place);
		}

		return total;
	}

	/** The latest time of any container, by its place; NaN where none has one. */
	latest(place: number): number {
		let latest = Number.NaN;
		for (const row of this.#measured) {
			const timeMs = row.numberAt(place);
			latest = timeMs > latest || Number.isNaN(latest) ? timeMs : latest;
		}

		return latest;
	}
}

/**
 * Makes the usage of a pod the sum of its containers where the node does not report it for the pod itself; returns what
 * was summed.
 *
 * A reported CPU usage of 0 is not believed while the containers use some: a kubelet that was just started writes 0
 * beside a counter which it replaces by another (at first the sum of the containers, then that of the pod's cgroup),
 * so that the counter gives no rate either. Nor is a working set of 0, which a new cgroup has.
 */
export function sumPod(
	{figures, at}: FigurePlace,
	reading: PodReading,
	containers: PodContainers | undefined,
): Summed {
	const ownCores = figures[at + PLACES.cpuCores] ?? Number.NaN;
	const isCpuSummed = Number.isNaN(ownCores) || reading.cpu?.usageCores === 0;
	const isMemorySummed = !((figures[at + PLACES.memoryWorkingSetBytes] ?? Number.NaN) > 0);
	if (containers?.isMeasured !== true || !(isCpuSummed || isMemorySummed)) {
		return NOT_SUMMED;
	}

	const fill = (place: number, value: number): void => {
		if (Number.isNaN(figures[at + place])) {
			figures[at + place] = value;
		}
	};
	fill(PLACES.sampleTimeMs, containers.latest(PLACES.sampleTimeMs));
	fill(PLACES.receivedAtMs, containers.latest(PLACES.receivedAtMs));
	fill(PLACES.swapUsageBytes, containers.sum(PLACES.swapUsageBytes));
	const {cores} = containers;
	const hasCores = !Number.isNaN(cores);
	if (isCpuSummed) {
		// Without all the containers a usage of 0 stands where the counter did not move.
		const isIdle = ownCores === 0;
		figures[at + PLACES.cpuCores] = hasCores || !isIdle ? cores : 0;
		figures[at + PLACES.cpuWindowMs] = hasCores ? containers.latest(PLACES.cpuWindowMs) : Number.NaN;
	}

	if (isMemorySummed) {
		for (const place of SUMMED_MEMORY) {
			const sum = containers.sum(place);
			if (!Number.isNaN(sum)) {
				figures[at + place] = sum;
			}
		}
	}

	return summedOf(
		isCpuSummed && hasCores,
		isMemorySummed && !Number.isNaN(figures[at + PLACES.memoryWorkingSetBytes]),
	);
}

/** Which figures of a pod are sums, in words; undefined where none is. */
export function describeSums({cpu, memory}: Summed): string | undefined {
	const figures = cpu && memory ? 'CPU and memory are' : cpu ? 'CPU is' : memory ? 'memory is' : undefined;
	return (
		figures && `${figures} the sum of its containers: its node has no usable figure of the pod as a whole`
	);
}
