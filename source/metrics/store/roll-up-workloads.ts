import type {Controller, ControllersByCluster} from '../model/controller.ts';
import {runningContainers} from '../model/counts.ts';
import {isFinished} from '../model/inventory.ts';
import {lastingContainers, podLimits} from '../model/pod-limits.ts';
import {ratio} from '../model/ratio.ts';
import type {PodRow, WorkloadRow} from '../model/row.ts';
import {type Workload, workloadId, workloadIdOf, workloadOf} from '../model/workload.ts';
import {PodsSum} from '../rollups/pods-sum.ts';
import {atOnce, ROWS_A_STEP, type Steps} from '../view/in-turns.ts';
import type {HasAllPods} from './cluster-joins.ts';

const NO_CONTROLLERS: ControllersByCluster = new Map();

/** Pods summed by what runs them. A controller without a pod has a row where controllers are read. */
export function* workloadsInSteps(
	pods: Iterable<PodRow>,
	hasAllPods: HasAllPods,
	controllers: ControllersByCluster = NO_CONTROLLERS,
): Steps<readonly WorkloadRow[]> {
	const sums = new Map<string, WorkloadSum>();
	let count = 0;
	for (const pod of pods) {
		const id = workloadIdOf(pod);
		const known = sums.get(id);
		if (known === undefined) {
			const sum = new WorkloadSum(id, workloadOf(pod), pod.cluster);
			sum.add(pod);
			sums.set(id, sum);
		} else {
			known.add(pod);
		}

		if (++count % ROWS_A_STEP === 0) {
			yield;
		}
	}

	for (const [cluster, known] of controllers) {
		for (const controller of known.values()) {
			const id = workloadId(controller, cluster);
			const sum = sums.get(id) ?? new WorkloadSum(id, controller, cluster);
			sum.setController(controller);
			sums.set(id, sum);
			if (++count % ROWS_A_STEP === 0) {
				yield;
			}
		}
	}

	const rows: WorkloadRow[] = [];
	for (const sum of sums.values()) {
		rows.push(sum.row(hasAllPods));
		if (rows.length % ROWS_A_STEP === 0) {
			yield;
		}
	}

	return rows;
}

/** The same at once. */
export function rollUpWorkloads(
	pods: Iterable<PodRow>,
	hasAllPods: HasAllPods,
	controllers?: ControllersByCluster,
): readonly WorkloadRow[] {
	return atOnce(workloadsInSteps(pods, hasAllPods, controllers));
}

class WorkloadSum {
	readonly #id: string;
	readonly #workload: Workload;
	readonly #cluster: string | undefined;
	readonly #pods: PodRow[] = [];
	#controller: Controller | undefined;
	readonly #sum = new PodsSum();
	#ready = 0;
	#unfinished = 0;
	#isListed = true;
	#createdAtMs = Number.POSITIVE_INFINITY;
	#cpuCores = Number.NEGATIVE_INFINITY;
	#memoryBytes = Number.NEGATIVE_INFINITY;
	#memoryLimitRatio = Number.NEGATIVE_INFINITY;
	#fullest: string | undefined;

	constructor(id: string, workload: Workload, cluster: string | undefined) {
		this.#id = id;
		this.#workload = workload;
		this.#cluster = cluster;
	}

	setController(controller: Controller): void {
		this.#controller = controller;
	}

	add(pod: PodRow): void {
		this.#pods.push(pod);
		this.#sum.add(pod);
		this.#sum.addContainers(runningContainers(pod));
		this.#compare(pod);
		const {info} = pod;
		if (info === undefined) {
			this.#isListed = false;
			return;
		}

		this.#createdAtMs = Math.min(this.#createdAtMs, info.createdAtMs ?? this.#createdAtMs);
		if (!isFinished(info)) {
			const meant = lastingContainers(info.containers);
			this.#unfinished++;
			this.#ready += Number(meant.length > 0 && meant.every(({isReady}) => isReady));
		}
	}

	#compare(pod: PodRow): void {
		const memory = pod.memoryWorkingSetBytes;
		this.#cpuCores = Math.max(this.#cpuCores, pod.cpuCores ?? this.#cpuCores);
		if (memory !== undefined && memory > this.#memoryBytes) {
			this.#memoryBytes = memory;
			this.#fullest = pod.name;
		}

		const full = ratio(memory, podLimits(pod)?.memoryBytes);
		this.#memoryLimitRatio = Math.max(this.#memoryLimitRatio, full ?? this.#memoryLimitRatio);
	}

	row(hasAllPods: HasAllPods): WorkloadRow {
		const {kind, namespace, name} = this.#workload;
		return {
			kind: 'workload',
			id: this.#id,
			cluster: this.#cluster,
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
			...this.#sum.total(hasAllPods(namespace, this.#cluster)),
		};
	}
}

function known(value: number): number | undefined {
	return Number.isFinite(value) ? value : undefined;
}
