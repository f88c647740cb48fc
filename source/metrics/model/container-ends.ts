import {inCluster} from './cluster-of-row.ts';
import type {ContainerInfo, Termination} from './inventory.ts';
import type {PodRow} from './row.ts';

/** The last failed end of a container. */
export type ContainerEnd = {
	/** The pod's id and the container's name. */
	readonly id: string;
	readonly name: string;
	readonly isOomKilled: boolean;
	readonly atMs: number;
	/** The number of such ends that were seen. */
	readonly times: number;
};

/** Repeated ends are one entry, so that a few hundred entries cover many containers. */
const MOST_ENDS = 200;

/** Collects the containers that were killed or failed since ktop started. */
export class ContainerEnds {
	/** The one that ended last is at the end. */
	readonly #ends = new Map<string, ContainerEnd>();
	#sinceMs = Number.POSITIVE_INFINITY;

	/** Those that ended last first. */
	list(): readonly ContainerEnd[] {
		return [...this.#ends.values()].reverse();
	}

	look(pods: readonly PodRow[], nowMs: number): void {
		this.#sinceMs = Math.min(this.#sinceMs, nowMs);
		for (const pod of pods) {
			for (const container of pod.info?.containers ?? []) {
				this.#note(pod, container);
			}
		}
	}

	#note(pod: PodRow, container: ContainerInfo): void {
		const ended = endOf(container);
		const atMs = ended?.finishedAtMs;
		if (ended === undefined || ended.exitCode === 0 || atMs === undefined || atMs < this.#sinceMs) {
			return;
		}

		const id = `${pod.id}/${container.name}`;
		const known = this.#ends.get(id);
		if (known !== undefined && known.atMs >= atMs) {
			return;
		}

		this.#ends.delete(id);
		this.#ends.set(id, {
			id,
			name: inCluster(pod.cluster, `${pod.namespace}/${pod.name}/${container.name}`),
			isOomKilled: ended.reason === 'OOMKilled',
			atMs,
			times: (known?.times ?? 0) + 1,
		});
		for (const oldest of this.#ends.keys()) {
			if (this.#ends.size <= MOST_ENDS) {
				break;
			}

			this.#ends.delete(oldest);
		}
	}
}

function endOf({state, lastTermination}: ContainerInfo): Termination | undefined {
	return state.kind === 'terminated' ? state : lastTermination;
}
