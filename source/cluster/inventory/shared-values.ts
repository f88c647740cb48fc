import type {ContainerInfo, Owner, PodInfo, ResourceAmounts} from '../../metrics/model/inventory.ts';
import {
	type CommonOfContainers,
	type CommonOfPods,
	ListedContainer,
	ListedPod,
} from '../../metrics/model/listed-pod.ts';

/** The most distinct values of a kind that are cached; above it the cache is cleared. */
const MOST_DISTINCT = 20_000;

/** Longer texts, which no server sends as a name, are not remembered. */
const MOST_CHARACTERS = 512;

/**
 * One object for all values that are equal. Thousands of pods repeat the same images, nodes and amounts, and each answer
 * of the API server brings copies of its own.
 */
class SharedValues<Value> {
	readonly #known = new Map<string, Value>();

	/** Only equal values have the same `key`. */
	of(key: string, value: Value): Value {
		if (key.length > MOST_CHARACTERS) {
			return value;
		}

		const known = this.#known.get(key);
		if (known !== undefined) {
			return known;
		}

		if (this.#known.size >= MOST_DISTINCT) {
			this.#known.clear();
		}

		this.#known.set(key, value);
		return value;
	}
}

const texts = new SharedValues<string>();
const amounts = new SharedValues<ResourceAmounts>();
const limited = new SharedValues<PodInfo['isLimited']>();
const owners = new SharedValues<Owner>();
const labels = new SharedValues<PodInfo['labels']>();
const commonOfPods = new SharedValues<CommonOfPods>();
const commonOfContainers = new SharedValues<CommonOfContainers>();

export function sharedText(text: string): string;
export function sharedText(text: string | undefined): string | undefined;
export function sharedText(text: string | undefined): string | undefined {
	return text === undefined ? undefined : texts.of(text, text);
}

export function sharedAmounts(value: ResourceAmounts): ResourceAmounts {
	return amounts.of(`${value.cpuCores} ${value.memoryBytes}`, value);
}

export function sharedLimited(value: PodInfo['isLimited']): PodInfo['isLimited'] {
	return limited.of(`${value.cpu} ${value.memory}`, value);
}

export function sharedOwner({kind, name}: Owner): Owner {
	return owners.of(`${kind} ${name}`, {kind: sharedText(kind), name: sharedText(name)});
}

/** Pods of one workload mostly have the same. */
export function sharedLabels(value: PodInfo['labels']): PodInfo['labels'] {
	return labels.of(JSON.stringify(value), value);
}

/** The same pod, beside an object that all pods have in which that is the same. */
export function listedPod(info: PodInfo): ListedPod {
	const common: CommonOfPods = {
		configHash: info.configHash,
		namespace: info.namespace,
		phase: info.phase,
		reason: info.reason,
		message: info.message,
		qosClass: info.qosClass,
		isHostNetwork: info.isHostNetwork,
		requests: info.requests,
		extendedRequests: info.extendedRequests,
		limits: info.limits,
		isLimited: info.isLimited,
		ephemeralStorageLimitBytes: info.ephemeralStorageLimitBytes,
		resize: info.resize,
	};
	const {requests, limits, isLimited, extendedRequests} = info;
	const key = JSON.stringify([
		info.namespace,
		info.phase,
		info.reason,
		info.message,
		info.qosClass,
		Number(info.isHostNetwork) + 2 * Number(isLimited.cpu) + 4 * Number(isLimited.memory),
		requests.cpuCores,
		requests.memoryBytes,
		limits.cpuCores,
		limits.memoryBytes,
		info.ephemeralStorageLimitBytes,
		info.resize,
		info.configHash,
		extendedRequests,
	]);
	return new ListedPod(info, commonOfPods.of(key, common));
}

/** The same of a container. */
export function listedContainer(info: ContainerInfo): ListedContainer {
	const common: CommonOfContainers = {
		name: info.name,
		kind: info.kind,
		image: info.image,
		requests: info.requests,
		extendedRequests: info.extendedRequests,
		limits: info.limits,
	};
	const {requests, limits, extendedRequests} = info;
	const key = JSON.stringify([
		info.name,
		info.kind,
		info.image,
		requests.cpuCores,
		requests.memoryBytes,
		limits.cpuCores,
		limits.memoryBytes,
		extendedRequests,
	]);
	return new ListedContainer(info, commonOfContainers.of(key, common));
}
