import {createNode, type NodeModel} from './node.ts';
import {createPod, type PodModel} from './pod.ts';
import {randomOf, wholeBetween} from './random.ts';
import {DAEMONS, type DemoWorkload, WORKLOADS} from './workloads.ts';

/** Size of the simulated cluster; `pods` is the total over all nodes. The same options always give the same cluster. */
export type DemoOptions = {readonly nodes: number; readonly pods: number; readonly seed: number};

/**
 * Faults of kubelets: `hung` never responds, `forbidden` denies all metrics, `resource-only` denies /stats/summary, `slow`
 * responds after a second.
 */
export type Fault = 'hung' | 'forbidden' | 'resource-only' | 'slow';

const FAULTS: readonly Fault[] = ['hung', 'forbidden', 'resource-only', 'slow'];

const DAY_MS = 86_400_000;

/** The `bornMs` of all who simulate the same cluster on one day. */
export function bornAt(nowMs: number): number {
	return Math.floor(nowMs / DAY_MS) * DAY_MS;
}

/** Shuffles the workloads: pod n belongs to workload n × 8 mod 21. The stride is coprime to their number. */
const STRIDE = 8;

export type ClusterModel = {
	readonly nodeNames: readonly string[];
	/** Total over all nodes. */
	readonly podCount: number;
	readonly bornMs: number;
	readonly faults: ReadonlyMap<string, Fault>;
	/** Created on first use. Undefined for an unknown name. */
	readonly node: (name: string) => NodeModel | undefined;
};

/**
 * A cluster whose state is a pure function of the seed and the time, for times from the start of each object on. All
 * pods have started before `bornMs` (Unix milliseconds).
 */
export function createCluster(options: DemoOptions, bornMs: number): ClusterModel {
	const {nodes, seed} = options;
	const digits = Math.max(2, String(nodes).length);
	const nodeNames = Array.from(
		{length: nodes},
		(_, index) => `worker-${String(index + 1).padStart(digits, '0')}`,
	);
	const indexes = new Map(nodeNames.map((name, index) => [name, index]));
	const special = drawSpecial(nodes, seed);
	const known = new Map<string, NodeModel>();
	return {
		nodeNames,
		podCount: options.pods,
		bornMs,
		faults: new Map(
			FAULTS.flatMap((fault, place) => {
				const name = nodes < FAULTS.length ? undefined : nodeNames[special[place] ?? -1];
				return name === undefined ? [] : [[name, fault] as const];
			}),
		),
		node(name) {
			const index = indexes.get(name);
			const made =
				known.get(name) ??
				(index === undefined
					? undefined
					: createNode(name, seed, bornMs, createPods(options, index, bornMs), index === special.at(-1)));
			if (made !== undefined) {
				known.set(name, made);
			}

			return made;
		},
	};
}

/**
 * The indexes of the nodes with faults, in the order of `FAULTS`, then of the node with a full disk. The first node,
 * which has the nearly full volume, is left out if there are enough others.
 */
function drawSpecial(nodes: number, seed: number): readonly number[] {
	const random = randomOf(seed, 'special');
	const indexes = new Set<number>();
	const count = FAULTS.length + 1;
	const first = nodes > count ? 1 : 0;
	while (indexes.size < Math.min(count, nodes)) {
		indexes.add(wholeBetween(random, first, nodes));
	}

	return [...indexes];
}

/** Spreads the pods evenly. On every node, daemons come first. */
function createPods(options: DemoOptions, index: number, bornMs: number): readonly PodModel[] {
	const {seed} = options;
	const {daemonCount, firstOther, otherCount} = podsOn(options, index);
	const daemons = DAEMONS.slice(0, daemonCount).map(workload => createPod(workload, index, seed, bornMs));
	const others = Array.from({length: otherCount}, (_, place) => {
		const number = firstOther + place;
		const workload = workloadOf(number);
		const isStateful = workload?.kind === 'statefulset';
		return (
			workload &&
			createPod(workload, isStateful ? Math.floor(number / WORKLOADS.length) : number, seed, bornMs)
		);
	});
	return [...daemons, ...others.filter(pod => pod !== undefined)];
}

/** How many pods of daemons are on a node, and the numbers of the others. */
function podsOn({nodes, pods}: Pick<DemoOptions, 'nodes' | 'pods'>, index: number) {
	const before = Math.floor((pods * index) / nodes);
	const count = Math.floor((pods * (index + 1)) / nodes) - before;
	const daemonCount = Math.min(DAEMONS.length, count);
	return {
		daemonCount,
		firstOther: Math.max(0, before - DAEMONS.length * index),
		otherCount: count - daemonCount,
	};
}

function workloadOf(number: number): DemoWorkload | undefined {
	return WORKLOADS[(number * STRIDE) % WORKLOADS.length];
}

/** How many pods each workload has; without those that have none. */
export function replicas({
	nodeNames,
	podCount,
}: Pick<ClusterModel, 'nodeNames' | 'podCount'>): ReadonlyMap<DemoWorkload, number> {
	const counts = new Map<DemoWorkload, number>();
	const add = (workload: DemoWorkload | undefined): void => {
		if (workload !== undefined) {
			counts.set(workload, (counts.get(workload) ?? 0) + 1);
		}
	};
	for (const index of nodeNames.keys()) {
		const {daemonCount, firstOther, otherCount} = podsOn({nodes: nodeNames.length, pods: podCount}, index);
		for (const daemon of DAEMONS.slice(0, daemonCount)) {
			add(daemon);
		}

		for (let number = firstOther; number < firstOther + otherCount; number++) {
			add(workloadOf(number));
		}
	}

	return counts;
}
