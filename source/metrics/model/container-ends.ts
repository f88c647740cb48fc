import type {ContainerInfo, Termination} from './inventory.ts';
import type {PodRow} from './row.ts';

/** That a container ended otherwise than well, the last time that it did. */
export type ContainerEnd = {
	/** The pod's id and the container's name. */
	readonly id: string;
	readonly name: string;
	readonly isOomKilled: boolean;
	readonly atMs: number;
	/** How often it was seen to end so. */
	readonly times: number;
};

/** What ends again and again is one entry, so that few hundred entries are many containers. */
const MOST_ENDS = 200;

/** Remembers which containers were killed or failed since somebody watches; what was before is no news. */
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
			name: `${pod.namespace}/${pod.name}/${container.name}`,
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
