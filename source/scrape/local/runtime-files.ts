import type {PodReference} from '../../metrics/model/reading.ts';

/** The names of a container in one file of a runtime. */
export type ContainerName = {
	readonly name: string;
	readonly image: string | undefined;
	readonly pod: PodReference | undefined;
	/** Whether this is the sandbox (pause) of a pod, which is not shown as a container. */
	readonly isSandbox: boolean;
};

/** Decodes /var/lib/docker/containers/<id>/config.v2.json, with the labels of kubelets that use Docker. */
export function parseDockerConfig(text: string | undefined): ContainerName | undefined {
	const configuration = parseJson(text);
	const name = textOf(configuration, 'Name')?.replace(/^\//, '');
	if (name === undefined) {
		return undefined;
	}

	const inner = fieldOf(configuration, 'Config');
	const labels = fieldOf(inner, 'Labels');
	const container = textOf(labels, 'io.kubernetes.container.name');
	return {
		name: container ?? name,
		image: textOf(inner, 'Image'),
		pod: podOf(labels, 'io.kubernetes.pod.'),
		isSandbox: container === 'POD' || textOf(labels, 'io.kubernetes.docker.type') === 'podsandbox',
	};
}

/**
 * Decodes config.json of a containerd task: annotations of the CRI plugin (containerd pkg/cri/annotations) or
 * nerdctl.
 */
export function parseTaskSpec(text: string | undefined): ContainerName | undefined {
	const annotations = fieldOf(parseJson(text), 'annotations');
	const isSandbox = textOf(annotations, 'io.kubernetes.cri.container-type') === 'sandbox';
	const pod = podOf(annotations, 'io.kubernetes.cri.sandbox-');
	const name =
		textOf(annotations, 'io.kubernetes.cri.container-name') ??
		textOf(annotations, 'nerdctl/name') ??
		(isSandbox ? pod?.name : undefined);
	return name === undefined
		? undefined
		: {name, image: textOf(annotations, 'io.kubernetes.cri.image-name'), pod, isSandbox};
}

/** Decodes overlay-containers/containers.json of podman and CRI-O in /var/lib/containers/storage. */
export function parseStorageList(text: string | undefined): ReadonlyMap<string, ContainerName> {
	const names = new Map<string, ContainerName>();
	const list = parseJson(text);
	for (const entry of Array.isArray(list) ? list : []) {
		const id = textOf(entry, 'id');
		const given = fieldOf(entry, 'names');
		const name: unknown = Array.isArray(given) ? given[0] : undefined;
		if (id !== undefined && typeof name === 'string' && name !== '') {
			const image = textOf(parseJson(textOf(entry, 'metadata')), 'image-name');
			names.set(id, {...(parseKubeName(name) ?? {name, pod: undefined, isSandbox: false}), image});
		}
	}

	return names;
}

/** Parses CRI-O's `k8s_<container>_<pod>_<namespace>_<uid>_<attempt>`; the container of a sandbox is `POD`. */
function parseKubeName(text: string): Omit<ContainerName, 'image'> | undefined {
	const [prefix, name, pod, namespace, uid, attempt] = text.split('_');
	return prefix === 'k8s' && name && pod && namespace && uid && attempt !== undefined
		? {name, pod: {uid, namespace, name: pod}, isSandbox: name === 'POD'}
		: undefined;
}

/** Parses folder names of /var/log/pods, `<namespace>_<pod>_<uid>`: pods by uid. */
export function parsePodFolders(folders: readonly string[]): ReadonlyMap<string, PodReference> {
	const pods = new Map<string, PodReference>();
	for (const folder of folders) {
		const [namespace, name, uid, ...rest] = folder.split('_');
		if (namespace && name && uid && rest.length === 0) {
			pods.set(uid, {uid, namespace, name});
		}
	}

	return pods;
}

/**
 * Parses links of /var/log/containers, `<pod>_<namespace>_<container>-<id>.log`: containers by id, without sandboxes.
 */
export function parseLogLinks(links: readonly string[]): ReadonlyMap<string, ContainerName> {
	const names = new Map<string, ContainerName>();
	for (const link of links) {
		const [, pod, namespace, name, id] = /^([^_]+)_([^_]+)_(.+)-([0-9a-f]{64})\.log$/.exec(link) ?? [];
		if (pod && namespace && name && id) {
			names.set(id, {name, image: undefined, pod: {uid: undefined, namespace, name: pod}, isSandbox: false});
		}
	}

	return names;
}

function podOf(labels: unknown, prefix: string): PodReference | undefined {
	const namespace = textOf(labels, `${prefix}namespace`);
	const name = textOf(labels, `${prefix}name`);
	return namespace === undefined || name === undefined
		? undefined
		: {uid: textOf(labels, `${prefix}uid`), namespace, name};
}

function parseJson(text: string | undefined): unknown {
	try {
		return text === undefined ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}

function fieldOf(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
		? Reflect.get(value, key)
		: undefined;
}

function textOf(value: unknown, key: string): string | undefined {
	const field = fieldOf(value, key);
	return typeof field === 'string' && field !== '' ? field : undefined;
}
