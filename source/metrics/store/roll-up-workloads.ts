import type {Controller, ControllersByCluster} from '../model/controller.ts';
import {ratio} from '../model/ratio.ts';
import type {PodRow, PodSums, WorkloadRow} from '../model/row.ts';
import {type Workload, workloadId, workloadOf} from '../model/workload.ts';
import {type KnownPods, onePart, type PodsOfPart, unknownPods} from '../rollups/known-pods.ts';
import type {PodFacts} from '../rollups/pod-facts.ts';
import {PodsSums} from '../rollups/pods-sums.ts';
import {atOnce, ROWS_A_STEP, type Steps} from '../view/in-turns.ts';
import type {HasAllPods} from './cluster-joins.ts';

const NO_CONTROLLERS: ControllersByCluster = new Map();

/** Pods summed by what runs them. A controller without a pod has a row where controllers are read. */
export function* workloadsInSteps(
	parts: Iterable<PodsOfPart>,
	known: KnownPods,
	hasAllPods: HasAllPods,
	controllers: ControllersByCluster = NO_CONTROLLERS,
): Steps<readonly WorkloadRow[]> {
	const {workloadIds} = known;
	const amounts = new PodsSums();
	const all: WorkloadSum[] = [];
	const byNumber: Array<WorkloadSum | undefined> = [];
	let count = 0;
	for (const {pods, slots} of parts) {
		for (let place = 0; place < pods.length; place++) {
			const pod = pods[place];
			if (pod === undefined) {
				continue;
			}

			const slot = slots[place] ?? 0;
			const number = known.workloadOf(pod, slot);
			let sum = byNumber[number];
			if (sum === undefined) {
				sum = new WorkloadSum(all.length, workloadIds[number] ?? '', workloadOf(pod), pod.cluster);
				all.push(sum);
				byNumber[number] = sum;
			}

			const facts = known.factsOf(pod, slot);
			sum.add(pod, facts, known.createdAtMsOf(pod, slot));
			amounts.add(sum.place, pod, facts);
			amounts.addContainers(sum.place, pod.containerCount ?? facts.running);
			if (++count % ROWS_A_STEP === 0) {
				yield;
			}
		}
	}

	if (controllers.size > 0) {
		yield* addControllers(all, controllers);
	}

	const rows: WorkloadRow[] = [];
	for (const sum of all) {
		rows.push(sum.row(amounts.total(sum.place, hasAllPods(sum.namespace, sum.cluster))));
		if (rows.length % ROWS_A_STEP === 0) {
			yield;
		}
	}

	return rows;
}

function* addControllers(all: WorkloadSum[], controllers: ControllersByCluster): Steps<void> {
	const byId = new Map(all.map(sum => [sum.id, sum]));
	let count = 0;
	for (const [cluster, known] of controllers) {
		for (const controller of known.values()) {
			const id = workloadId(controller, cluster);
			let sum = byId.get(id);
			if (sum === undefined) {
				sum = new WorkloadSum(all.length, id, controller, cluster);
				all.push(sum);
				byId.set(id, sum);
			}

			sum.setController(controller);
			if (++count % ROWS_A_STEP === 0) {
				yield;
			}
		}
	}
}

/** The same at once. */
export function rollUpWorkloads(
	pods: Iterable<PodRow>,
	hasAllPods: HasAllPods,
	controllers?: ControllersByCluster,
): readonly WorkloadRow[] {
	return atOnce(workloadsInSteps(onePart(pods), unknownPods(), hasAllPods, controllers));
}

/** What is known of a workload beside the amounts of its pods. */
class WorkloadSum {
	/** Its place among all, and that of its amounts. */
	readonly place: number;
	readonly id: string;
	readonly cluster: string | undefined;
	readonly #workload: Workload;
	readonly #pods: PodRow[] = [];
	#controller: Controller | undefined;
	#ready = 0;
	#unfinished = 0;
	#isListed = true;
	#createdAtMs = Number.POSITIVE_INFINITY;
	#cpuCores = Number.NEGATIVE_INFINITY;
	#memoryBytes = Number.NEGATIVE_INFINITY;
	#memoryLimitRatio = Number.NEGATIVE_INFINITY;
	#fullest: string | undefined;

	constructor(place: number, id: string, workload: Workload, cluster: string | undefined) {
		this.place = place;
		this.id = id;
		this.cluster = cluster;
		this.#workload = workload;
	}

	get namespace(): string {
		return this.#workload.namespace;
	}

	setController(controller: Controller): void {
		this.#controller = controller;
	}

	add(pod: PodRow, {isListed, isFinished, isReady, memoryLimitBytes}: PodFacts, createdAtMs: number): void {
		this.#pods.push(pod);
		this.#compare(pod, memoryLimitBytes);
		if (!isListed) {
			this.#isListed = false;
			return;
		}

		if (createdAtMs < this.#createdAtMs) {
			this.#createdAtMs = createdAtMs;
		}

		if (!isFinished) {
			this.#unfinished++;
			this.#ready += Number(isReady);
		}
	}

	#compare(pod: PodRow, limitBytes: number | undefined): void {
		const memory = pod.memoryWorkingSetBytes;
		this.#cpuCores = Math.max(this.#cpuCores, pod.cpuCores ?? this.#cpuCores);
		if (memory !== undefined && memory > this.#memoryBytes) {
			this.#memoryBytes = memory;
			this.#fullest = pod.name;
		}

		const full = ratio(memory, limitBytes);
		this.#memoryLimitRatio = Math.max(this.#memoryLimitRatio, full ?? this.#memoryLimitRatio);
	}

	row(amounts: PodSums): WorkloadRow {
		const {kind, namespace, name} = this.#workload;
		return {
			kind: 'workload',
			id: this.id,
			cluster: this.cluster,
			namespace,
			name,
			workloadKind: kind,
			ready: this.#isListed ? {pods: this.#ready, of: this.#unfinished} : undefined,
			wantedPods: this.#controller?.wantedPods,
			createdAtMs: this.#controller?.createdAtMs ?? known(this.#createdAtMs),
			highest: {
				cpuCores: known(this.#cpuCores),
				memoryBytes: known(this.#memoryBytes),
				memoryLimitRatio: known(this.#memoryLimitRatio),
				pod: this.#fullest,
			},
			pods: this.#pods,
			...amounts,
		};
	}
}

function known(value: number): number | undefined {
	return Number.isFinite(value) ? value : undefined;
}
