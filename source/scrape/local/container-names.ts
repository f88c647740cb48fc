import type {PodReference} from '../../metrics/reading.ts';
import type {Machine} from './machine.ts';

/** What people call a container; undefined parts are not to be found out without asking its runtime. */
export type ContainerName = {
	readonly name: string;
	readonly image: string | undefined;
	readonly pod: PodReference | undefined;
	/** A pod's sandbox (pause) holds its network and is no container that anybody deployed. */
	readonly isSandbox: boolean;
};

/** Where containerd keeps the specification of each running task, by namespace: Kubernetes, Docker, nerdctl. */
const TASKS = '/run/containerd/io.containerd.runtime.v2.task';
const TASK_NAMESPACES = ['k8s.io', 'moby', 'default'];

/** How many containers' names are kept after they are gone. */
const KEPT = 5000;

/**
 * Finds names by reading what runtimes and the kubelet leave on the disk: Docker's configuration, containerd's task
 * specifications, podman's list, and the kubelet's log folders (`/var/log/pods/<namespace>_<pod>_<uid>`,
 * `/var/log/containers/<pod>_<namespace>_<container>-<id>.log`), which everybody may list.
 */
export class ContainerNames {
	readonly #machine: Machine;
	readonly #known = new Map<string, ContainerName>();
	#pods: ReadonlyMap<string, PodReference> = new Map();
	#logs: ReadonlyMap<string, ContainerName> = new Map();
	#podman: ReadonlyMap<string, ContainerName> = new Map();

	constructor(machine: Machine) {
		this.#machine = machine;
	}

	/** Lists the folders anew; once a reading, since containers come and go. */
	refresh(): void {
		this.#pods = readPodFolders(this.#machine.list('/var/log/pods'));
		this.#logs = readLogNames(this.#machine.list('/var/log/containers'));
		this.#podman = readPodman(
			this.#machine.read('/var/lib/containers/storage/overlay-containers/containers.json'),
		);
	}

	/** A pod by its uid; without a name for people, by the first digits of the uid. */
	pod(uid: string): PodReference {
		return this.#pods.get(uid) ?? {uid, namespace: '', name: `pod-${uid.slice(0, 8)}`};
	}

	container(id: string, podUid: string | undefined): ContainerName {
		const known = this.#known.get(id);
		if (known !== undefined) {
			return known;
		}

		const found = this.#docker(id) ?? this.#task(id) ?? this.#logs.get(id) ?? this.#podman.get(id);
		if (found !== undefined) {
			if (this.#known.size >= KEPT) {
				this.#known.clear();
			}

			this.#known.set(id, found);
			return found;
		}

		const name = /^[0-9a-f]{64}$/.test(id) ? id.slice(0, 12) : id;
		return {
			name,
			image: undefined,
			pod: podUid === undefined ? undefined : this.pod(podUid),
			isSandbox: false,
		};
	}

	#docker(id: string): ContainerName | undefined {
		const configuration = parseJson(this.#machine.read(`/var/lib/docker/containers/${id}/config.v2.json`));
		const name = textOf(configuration, 'Name')?.replace(/^\//, '');
		if (name === undefined) {
			return undefined;
		}

		const inner = fieldOf(configuration, 'Config');
		const labels = fieldOf(inner, 'Labels');
		const pod = podFromLabels(
			labels,
			'io.kubernetes.pod.uid',
			'io.kubernetes.pod.namespace',
			'io.kubernetes.pod.name',
		);
		const container = textOf(labels, 'io.kubernetes.container.name');
		return {
			name: container ?? name,
			image: textOf(inner, 'Image'),
			pod,
			isSandbox: container === 'POD' || textOf(labels, 'io.kubernetes.docker.type') === 'podsandbox',
		};
	}

	#task(id: string): ContainerName | undefined {
		for (const namespace of TASK_NAMESPACES) {
			const specification = parseJson(this.#machine.read(`${TASKS}/${namespace}/${id}/config.json`));
			const annotations = fieldOf(specification, 'annotations');
			const type = textOf(annotations, 'io.kubernetes.cri.container-type');
			if (type !== undefined) {
				return {
					name: textOf(annotations, 'io.kubernetes.cri.container-name') ?? id.slice(0, 12),
					image: textOf(annotations, 'io.kubernetes.cri.image-name'),
					pod: podFromLabels(
						annotations,
						'io.kubernetes.cri.sandbox-uid',
						'io.kubernetes.cri.sandbox-namespace',
						'io.kubernetes.cri.sandbox-name',
					),
					isSandbox: type === 'sandbox',
				};
			}
		}

		return undefined;
	}
}

function readPodFolders(folders: readonly string[]): ReadonlyMap<string, PodReference> {
	const pods = new Map<string, PodReference>();
	for (const folder of folders) {
		const [namespace, name, uid, ...rest] = folder.split('_');
		if (namespace !== undefined && name !== undefined && uid !== undefined && rest.length === 0) {
			pods.set(uid, {uid, namespace, name});
		}
	}

	return pods;
}

function readLogNames(files: readonly string[]): ReadonlyMap<string, ContainerName> {
	const names = new Map<string, ContainerName>();
	for (const file of files) {
		const match = /^([^_]+)_([^_]+)_(.+)-([0-9a-f]{64})\.log$/.exec(file);
		const [, pod, namespace, name, id] = match ?? [];
		if (pod !== undefined && namespace !== undefined && name !== undefined && id !== undefined) {
			names.set(id, {name, image: undefined, pod: {uid: undefined, namespace, name: pod}, isSandbox: false});
		}
	}

	return names;
}

function readPodman(text: string | undefined): ReadonlyMap<string, ContainerName> {
	const names = new Map<string, ContainerName>();
	const list: unknown = parseJson(text);
	for (const entry of Array.isArray(list) ? list : []) {
		const id = textOf(entry, 'id');
		const [name] = arrayOf(entry, 'names');
		const metadata = parseJson(textOf(entry, 'metadata'));
		if (id !== undefined && typeof name === 'string') {
			names.set(id, {name, image: textOf(metadata, 'image-name'), pod: undefined, isSandbox: false});
		}
	}

	return names;
}

function podFromLabels(
	labels: unknown,
	uid: string,
	namespace: string,
	name: string,
): PodReference | undefined {
	const podNamespace = textOf(labels, namespace);
	const podName = textOf(labels, name);
	return podNamespace === undefined || podName === undefined
		? undefined
		: {uid: textOf(labels, uid), namespace: podNamespace, name: podName};
}

function parseJson(text: string | undefined): unknown {
	try {
		return text === undefined ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}

function fieldOf(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function arrayOf(value: unknown, key: string): readonly unknown[] {
	const field = fieldOf(value, key);
	return Array.isArray(field) ? field : [];
}

function textOf(value: unknown, key: string): string | undefined {
	const field = fieldOf(value, key);
	return typeof field === 'string' && field !== '' ? field : undefined;
}
