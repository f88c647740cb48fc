import type {PodReference} from '../../metrics/model/reading.ts';
import type {Machine} from './machine.ts';
import {
	type ContainerName,
	parseDockerConfig,
	parseLogLinks,
	parsePodFolders,
	parseStorageList,
	parseTaskSpec,
} from './runtime-files.ts';

const DOCKER = '/var/lib/docker/containers';

/** Where containerd, and k3s' own, keep the specification of each running task; `default` is nerdctl's namespace. */
const TASKS = ['/run/containerd', '/run/k3s/containerd'].flatMap(state =>
	['k8s.io', 'default'].map(namespace => `${state}/io.containerd.runtime.v2.task/${namespace}`),
);

const STORAGE_LIST = '/var/lib/containers/storage/overlay-containers/containers.json';

/** A file that was not there is looked for again then: runtimes write it before they start the container. */
const RETRY_MS = 10_000;

/** Ids that runtimes make; names that people gave (LXC, machines) are names already. */
const HEXADECIMAL = /^[0-9a-f]{64}$/;

/** How many names are kept, of the living and the gone. */
const KEPT = 5000;

/**
 * Finds names in what runtimes and the kubelet leave on the disk: Docker's and containerd's specifications (readable
 * by root), the storage list of podman and CRI-O, and the kubelet's log folders, which everybody may list. Labels are
 * not in /proc, and no runtime is asked.
 */
export class ContainerNames {
	readonly #machine: Machine;
	readonly #known = new Map<string, ContainerName>();
	readonly #missedAtMs = new Map<string, number>();
	#pods: ReadonlyMap<string, PodReference> = new Map();
	#logs: ReadonlyMap<string, ContainerName> = new Map();
	#storage: ReadonlyMap<string, ContainerName> | undefined;
	#timeMs = 0;

	constructor(machine: Machine) {
		this.#machine = machine;
	}

	/** Lists the log folders anew; once a reading, since containers come and go. */
	refresh(timeMs: number): void {
		this.#timeMs = timeMs;
		this.#pods = parsePodFolders(this.#machine.list('/var/log/pods'));
		this.#logs = parseLogLinks(this.#machine.list('/var/log/containers'));
		this.#storage = undefined;
		if (this.#known.size > KEPT || this.#missedAtMs.size > KEPT) {
			this.#known.clear();
			this.#missedAtMs.clear();
		}
	}

	/** A pod by its uid; where nothing names it, `pod-` and the uid's first digits, in no namespace. */
	pod(uid: string): PodReference {
		return this.#pods.get(uid) ?? {uid, namespace: '', name: `pod-${uid.slice(0, 8)}`};
	}

	/** A container by its runtime's id; undefined where nothing that may be read names it. */
	container(id: string): ContainerName | undefined {
		return this.#known.get(id) ?? this.#search(id) ?? this.#logs.get(id);
	}

	#search(id: string): ContainerName | undefined {
		const missedAtMs = this.#missedAtMs.get(id);
		if (!HEXADECIMAL.test(id) || (missedAtMs !== undefined && this.#timeMs - missedAtMs < RETRY_MS)) {
			return undefined;
		}

		const found = this.#specification(id) ?? this.#stored().get(id);
		if (found === undefined) {
			this.#missedAtMs.set(id, this.#timeMs);
		} else {
			this.#known.set(id, found);
		}

		return found;
	}

	#specification(id: string): ContainerName | undefined {
		const docker = parseDockerConfig(this.#machine.read(`${DOCKER}/${id}/config.v2.json`));
		if (docker !== undefined) {
			return docker;
		}

		for (const folder of TASKS) {
			const task = parseTaskSpec(this.#machine.read(`${folder}/${id}/config.json`));
			if (task !== undefined) {
				return task;
			}
		}

		return undefined;
	}

	/** Read only when an id is new, since it lists every container in full. */
	#stored(): ReadonlyMap<string, ContainerName> {
		this.#storage ??= parseStorageList(this.#machine.read(STORAGE_LIST));
		return this.#storage;
	}
}
