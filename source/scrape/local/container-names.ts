import type {PodReference} from '../../metrics/model/reading.ts';
import {isRecent} from '../../metrics/model/recent.ts';
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

/**
 * Folders in which containerd, also that of k3s, keeps specs of running tasks; `default` is the namespace of nerdctl.
 */
const TASKS = ['/run/containerd', '/run/k3s/containerd'].flatMap(state =>
	['k8s.io', 'default'].map(namespace => `${state}/io.containerd.runtime.v2.task/${namespace}`),
);

const STORAGE_LIST = '/var/lib/containers/storage/overlay-containers/containers.json';

/** The delay before a missing file is looked up again. */
const RETRY_MS = 10_000;

/** Generated ids of runtimes. Ids of LXC and machines are already names. */
const HEXADECIMAL = /^[0-9a-f]{64}$/;

/** The maximum number of cached names. */
const KEPT = 5000;

/**
 * Finds names in files of runtimes and the kubelet: specs of Docker and containerd (only readable by root), the storage
 * list of podman and CRI-O, and the log folders of the kubelet, which all users can list. Does not connect to runtimes.
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

	/** Lists the log folders again. Called once per reading. */
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

	/** The pod with this uid; if unknown, `pod-` and the first digits of the uid, without a namespace. */
	pod(uid: string): PodReference {
		return this.#pods.get(uid) ?? {uid, namespace: '', name: `pod-${uid.slice(0, 8)}`};
	}

	/** The container with this runtime id; undefined if no readable file has its name. */
	container(id: string): ContainerName | undefined {
		return this.#known.get(id) ?? this.#search(id) ?? this.#logs.get(id);
	}

	#search(id: string): ContainerName | undefined {
		const missedAtMs = this.#missedAtMs.get(id);
		if (!HEXADECIMAL.test(id) || (missedAtMs !== undefined && isRecent(missedAtMs, this.#timeMs, RETRY_MS))) {
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

	/** Only read for new ids, because the file lists all containers. */
	#stored(): ReadonlyMap<string, ContainerName> {
		this.#storage ??= parseStorageList(this.#machine.read(STORAGE_LIST));
		return this.#storage;
	}
}
