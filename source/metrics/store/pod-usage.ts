import type {ContainerReading, PodReading, PodReference} from '../model/reading.ts';
import type {ContainerRow, PodRow, Usage} from '../model/row.ts';
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
	'memoryWorkingSetBytes',
	'memoryUsageBytes',
	'memoryRssBytes',
	'memoryCacheBytes',
] as const satisfies ReadonlyArray<keyof Usage>;

/** The containers of one pod in one reading. */
export class PodContainers implements ContainersCpu {
	readonly pod: PodReference;
	/** All reported containers. */
	count = 0;
	/** CPU time of all of them, in nanoseconds; undefined where one has none. */
	#counter: number | undefined = 0;
	/** Containers with figures: an ended one is reported without any. */
	readonly #measured: ContainerRow[] = [];

	constructor(pod: PodReference) {
		this.pod = pod;
	}

	add(row: ContainerRow, {cpu}: ContainerReading): void {
		this.count++;
		const counter = cpu?.usageCoreNanoseconds;
		if (row.memoryWorkingSetBytes === undefined && counter === undefined && cpu?.usageCores === undefined) {
			return;
		}

		this.#measured.push(row);
		this.#counter =
			this.#counter === undefined || counter === undefined ? undefined : this.#counter + counter;
	}

	get isMeasured(): boolean {
		return this.#measured.length > 0;
	}

	get counter(): number | undefined {
		return this.isMeasured ? this.#counter : undefined;
	}

	get cores(): number | undefined {
		return this.sum('cpuCores');
	}

	/** Undefined where one has none: the sum of the others would look like the whole. */
	sum(figure: (typeof SUMMED_MEMORY)[number] | 'cpuCores' | 'swapUsageBytes'): number | undefined {
		let total: number | undefined;
		for (const row of this.#measured) {
			const value = row[figure];
			if (value === undefined) {
				return undefined;
			}

			total = (total ?? 0) + value;
		}

		return total;
	}

	/** The latest time of any container. */
	latest(figure: 'sampleTimeMs' | 'receivedAtMs' | 'cpuWindowMs'): number | undefined {
		let latest: number | undefined;
		for (const {[figure]: value} of this.#measured) {
			latest = value !== undefined && value > (latest ?? 0) ? value : latest;
		}

		return latest;
	}
}

/**
 * A pod's usage; where the node does not report it for the pod itself, the sum of its containers.
 *
 * A reported CPU usage of 0 is not believed while the containers use some: a kubelet that was just started writes 0
 * beside a counter which it replaces by another (at first the sum of the containers, then that of the pod's cgroup),
 * so that the counter gives no rate either. Nor is a working set of 0, which a new cgroup has.
 */
export function podUsage(
	own: Usage,
	reading: PodReading,
	containers: PodContainers | undefined,
): {readonly usage: Usage; readonly summed: Summed} {
	const isCpuDoubtful = reading.cpu?.usageCores === 0;
	if (
		containers?.isMeasured !== true ||
		(own.cpuCores !== undefined && !isCpuDoubtful && own.memoryWorkingSetBytes)
	) {
		return {usage: own, summed: NOT_SUMMED};
	}

	const {cores} = containers;
	const isCpuSummed = own.cpuCores === undefined || isCpuDoubtful;
	const isMemorySummed = !own.memoryWorkingSetBytes;
	const usage = {
		...own,
		sampleTimeMs: own.sampleTimeMs ?? containers.latest('sampleTimeMs'),
		receivedAtMs: own.receivedAtMs ?? containers.latest('receivedAtMs'),
		swapUsageBytes: own.swapUsageBytes ?? containers.sum('swapUsageBytes'),
	};
	if (isCpuSummed) {
		// Without all the containers a usage of 0 stands where the counter did not move.
		const isIdle = own.cpuCores === 0;
		usage.cpuCores = cores ?? (isIdle ? 0 : undefined);
		usage.cpuWindowMs = cores === undefined ? undefined : containers.latest('cpuWindowMs');
	}

	if (isMemorySummed) {
		for (const figure of SUMMED_MEMORY) {
			usage[figure] = containers.sum(figure) ?? own[figure];
		}
	}

	return {
		usage,
		summed: summedOf(
			isCpuSummed && cores !== undefined,
			isMemorySummed && usage.memoryWorkingSetBytes !== undefined,
		),
	};
}

/** Which figures of a pod are sums, in words; undefined where none is. */
export function describeSums({cpu, memory}: Summed): string | undefined {
	const figures = cpu && memory ? 'CPU and memory are' : cpu ? 'CPU is' : memory ? 'memory is' : undefined;
	return (
		figures && `${figures} the sum of its containers: its node has no usable figure of the pod as a whole`
	);
}
