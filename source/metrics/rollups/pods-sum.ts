import {isBound, runningContainers} from '../model/counts.ts';
import {fullestOf, fullness} from '../model/fullness.ts';
import {isFinished, type PodInfo} from '../model/inventory.ts';
import {killedForMemory} from '../model/killed-for-memory.ts';
import {networkErrorsOf} from '../model/network-errors.ts';
import {lastingContainers} from '../model/pod-limits.ts';
import type {PodRow, PodSums} from '../model/row.ts';
import {BoundPodsSum} from './bound-pods.ts';
import {Sum} from './sum.ts';

/** Sums pods. hostNetwork pods show the node's traffic and are in no network sum. */
export class PodsSum {
	#podCount = 0;
	readonly #containers = new Sum();
	readonly #bound = new BoundPodsSum();
	readonly #cpu = new Sum();
	readonly #memory = new Sum();
	readonly #rss = new Sum();
	readonly #rx = new Sum();
	readonly #tx = new Sum();
	readonly #restarts = new Sum();
	readonly #oomKilled = new Sum();
	readonly #errors = new Sum();
	readonly #ephemeral = new Sum();
	readonly #limited = {cpuCores: 0, memoryBytes: 0, of: 0};
	#fullestVolumeRatio: number | undefined;

	add(pod: PodRow): void {
		this.#podCount += Number(isBound(pod));
		// 0 running containers is a known number.
		this.#containers.add(runningContainers(pod) === undefined ? undefined : 0);
		if (pod.info !== undefined && !isFinished(pod.info)) {
			this.#bound.add(pod.info);
			this.#countLimits(pod.info);
		}

		this.#cpu.add(pod.cpuCores);
		this.#memory.add(pod.memoryWorkingSetBytes);
		this.#rss.add(pod.memoryRssBytes);
		if (!pod.isHostNetwork) {
			this.#rx.add(pod.rxBytesPerSecond);
			this.#tx.add(pod.txBytesPerSecond);
			this.#errors.add(networkErrorsOf(pod));
		}

		this.#restarts.add(pod.info?.restarts);
		this.#oomKilled.add(pod.info && killedForMemory(pod.info.containers).length);
		this.#ephemeral.add(pod.ephemeralStorageUsedBytes);
		const volume = fullestOf(pod.volumes);
		const full = volume && fullness(volume);
		if (full !== undefined && full > (this.#fullestVolumeRatio ?? -1)) {
			this.#fullestVolumeRatio = full;
		}
	}

	/** How many containers are known to run. */
	addContainers(count: number | undefined): void {
		this.#containers.add(count);
	}

	/** A pod-level limit counts as a limit of each of its containers. */
	#countLimits({containers, isLimited}: PodInfo): void {
		for (const {limits} of lastingContainers(containers)) {
			this.#limited.of++;
			this.#limited.cpuCores += Number(isLimited.cpu || limits.cpuCores !== undefined);
			this.#limited.memoryBytes += Number(isLimited.memory || limits.memoryBytes !== undefined);
		}
	}

	/** Requests and limits only where all of these pods are listed. */
	total(isComplete: boolean): PodSums {
		return {
			podCount: this.#podCount,
			containerCount: this.#containers.total,
			cpuCores: this.#cpu.total,
			memoryWorkingSetBytes: this.#memory.total,
			memoryRssBytes: this.#rss.total,
			rxBytesPerSecond: this.#rx.total,
			txBytesPerSecond: this.#tx.total,
			bound: isComplete ? this.#bound.total() : undefined,
			limited: {...this.#limited},
			restarts: this.#restarts.total,
			oomKilled: this.#oomKilled.total,
			networkErrorsPerSecond: this.#errors.total,
			ephemeralStorageUsedBytes: this.#ephemeral.total,
			fullestVolumeRatio: this.#fullestVolumeRatio,
		};
	}
}
