import type {ExtendedAmounts} from './extended-resources.ts';
import type {
	ContainerInfo,
	ContainerState,
	Owner,
	PodInfo,
	ResourceAmounts,
	Termination,
} from './inventory.ts';

/** What pods of the same kind mostly have in common: one object for all of them. */
export type CommonOfPods = Pick<
	PodInfo,
	| 'configHash'
	| 'namespace'
	| 'phase'
	| 'reason'
	| 'message'
	| 'qosClass'
	| 'isHostNetwork'
	| 'requests'
	| 'extendedRequests'
	| 'limits'
	| 'isLimited'
	| 'ephemeralStorageLimitBytes'
	| 'resize'
>;

/** The same of their containers. */
export type CommonOfContainers = Pick<
	ContainerInfo,
	'name' | 'kind' | 'image' | 'requests' | 'extendedRequests' | 'limits'
>;

/**
 * A pod as it is kept of the API server's answer: half as large as an object with a field for each fact, of which there are
 * 150,000 in a large cluster. The facts are getters, which a spread (`{...info}`) and JSON leave out: see `plainPodInfo`.
 * Without private methods, for which each object would have a field more.
 */
export class ListedPod implements PodInfo {
	readonly #common: CommonOfPods;
	readonly #uid: string;
	readonly #name: string;
	readonly #nodeName: string | undefined;
	readonly #hostIp: string | undefined;
	readonly #owner: Owner | undefined;
	readonly #workload: Owner | undefined;
	readonly #labels: PodInfo['labels'];
	readonly #createdAtSeconds: number | undefined;
	readonly #startTimeSeconds: number | undefined;
	readonly #restarts: number;
	readonly #containers: readonly ContainerInfo[];

	/** `common` has the same as `info`. */
	constructor(info: PodInfo, common: CommonOfPods) {
		this.#common = common;
		this.#uid = info.uid;
		this.#name = info.name;
		this.#nodeName = info.nodeName;
		this.#hostIp = info.hostIp;
		this.#owner = info.owner;
		this.#workload = info.workload;
		this.#labels = info.labels;
		this.#createdAtSeconds = secondsOf(info.createdAtMs);
		this.#startTimeSeconds = secondsOf(info.startTimeMs);
		this.#restarts = info.restarts;
		this.#containers = info.containers;
	}

	get uid(): string {
		return this.#uid;
	}

	get configHash(): string | undefined {
		return this.#common.configHash;
	}

	get namespace(): string {
		return this.#common.namespace;
	}

	get name(): string {
		return this.#name;
	}

	get nodeName(): string | undefined {
		return this.#nodeName;
	}

	get hostIp(): string | undefined {
		return this.#hostIp;
	}

	get phase(): PodInfo['phase'] {
		return this.#common.phase;
	}

	get reason(): string {
		return this.#common.reason;
	}

	get message(): string | undefined {
		return this.#common.message;
	}

	get qosClass(): PodInfo['qosClass'] {
		return this.#common.qosClass;
	}

	get isHostNetwork(): boolean {
		return this.#common.isHostNetwork;
	}

	get owner(): Owner | undefined {
		return this.#owner;
	}

	get workload(): Owner | undefined {
		return this.#workload;
	}

	get labels(): PodInfo['labels'] {
		return this.#labels;
	}

	get createdAtMs(): number | undefined {
		return millisecondsOf(this.#createdAtSeconds);
	}

	get startTimeMs(): number | undefined {
		return millisecondsOf(this.#startTimeSeconds);
	}

	get restarts(): number {
		return this.#restarts;
	}

	get requests(): ResourceAmounts {
		return this.#common.requests;
	}

	get extendedRequests(): ExtendedAmounts | undefined {
		return this.#common.extendedRequests;
	}

	get limits(): ResourceAmounts {
		return this.#common.limits;
	}

	get isLimited(): PodInfo['isLimited'] {
		return this.#common.isLimited;
	}

	get ephemeralStorageLimitBytes(): number | undefined {
		return this.#common.ephemeralStorageLimitBytes;
	}

	get resize(): PodInfo['resize'] {
		return this.#common.resize;
	}

	get containers(): readonly ContainerInfo[] {
		return this.#containers;
	}
}

/** A container of a `ListedPod`. */
export class ListedContainer implements ContainerInfo {
	readonly #common: CommonOfContainers;
	readonly #isReady: boolean;
	readonly #restarts: number;
	readonly #state: ContainerState;
	readonly #lastTermination: Termination | undefined;

	/** `common` has the same as `info`. */
	constructor(info: ContainerInfo, common: CommonOfContainers) {
		this.#common = common;
		this.#isReady = info.isReady;
		this.#restarts = info.restarts;
		this.#state = info.state;
		this.#lastTermination = info.lastTermination;
	}

	get name(): string {
		return this.#common.name;
	}

	get kind(): ContainerInfo['kind'] {
		return this.#common.kind;
	}

	get image(): string | undefined {
		return this.#common.image;
	}

	get requests(): ResourceAmounts {
		return this.#common.requests;
	}

	get extendedRequests(): ExtendedAmounts | undefined {
		return this.#common.extendedRequests;
	}

	get limits(): ResourceAmounts {
		return this.#common.limits;
	}

	get isReady(): boolean {
		return this.#isReady;
	}

	get restarts(): number {
		return this.#restarts;
	}

	get state(): ContainerState {
		return this.#state;
	}

	get lastTermination(): Termination | undefined {
		return this.#lastTermination;
	}
}

/** A copy with a field for each fact, to be written or spread. */
export function plainPodInfo(info: PodInfo): PodInfo {
	const {extendedRequests} = info;
	return {
		uid: info.uid,
		configHash: info.configHash,
		namespace: info.namespace,
		name: info.name,
		nodeName: info.nodeName,
		hostIp: info.hostIp,
		phase: info.phase,
		reason: info.reason,
		message: info.message,
		qosClass: info.qosClass,
		isHostNetwork: info.isHostNetwork,
		owner: info.owner,
		workload: info.workload,
		labels: info.labels,
		createdAtMs: info.createdAtMs,
		startTimeMs: info.startTimeMs,
		restarts: info.restarts,
		requests: info.requests,
		...(extendedRequests && {extendedRequests}),
		limits: info.limits,
		isLimited: info.isLimited,
		ephemeralStorageLimitBytes: info.ephemeralStorageLimitBytes,
		resize: info.resize,
		containers: info.containers.map(plainContainerInfo),
	};
}

export function plainContainerInfo(info: ContainerInfo): ContainerInfo {
	const {extendedRequests} = info;
	return {
		name: info.name,
		kind: info.kind,
		image: info.image,
		requests: info.requests,
		...(extendedRequests && {extendedRequests}),
		limits: info.limits,
		isReady: info.isReady,
		restarts: info.restarts,
		state: info.state,
		lastTermination: info.lastTermination,
	};
}

/** Times of the API server are whole seconds, which until 2038 V8 keeps within a field: a larger number is an object. */
function secondsOf(timeMs: number | undefined): number | undefined {
	if (timeMs === undefined) {
		return undefined;
	}

	const seconds = timeMs / 1000;
	const whole = seconds | 0;
	return whole === seconds ? whole : seconds;
}

function millisecondsOf(seconds: number | undefined): number | undefined {
	return seconds === undefined ? undefined : Math.round(seconds * 1000);
}
