import type {ExtendedAmounts} from '../../metrics/model/extended-resources.ts';
import type {ResourceAmounts} from '../../metrics/model/inventory.ts';
import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';
import {objectAt, objectsAt, textAt} from './json-field.ts';
import {
	addAmounts,
	decodeAmounts,
	decodeExtended,
	maxAmounts,
	noAmounts,
	subtractAmounts,
} from './resource-amounts.ts';
import {sharedAmounts, sharedLimited} from './shared-values.ts';

type OptionalAmounts = ResourceAmounts | undefined;

/** One container's requests and limits in the three stages of an in-place resize (KEP-1287). */
export type ContainerAmounts = {
	readonly isSidecar: boolean;
	/** From the spec. */
	readonly desired: {readonly requests: OptionalAmounts; readonly limits: OptionalAmounts};
	/** Allocated by the kubelet. */
	readonly allocated: OptionalAmounts;
	/** Applied to the cgroup. */
	readonly actuated: {readonly requests: OptionalAmounts; readonly limits: OptionalAmounts};
};

export type PodAmounts = {
	readonly requests: ResourceAmounts;
	readonly limits: ResourceAmounts;
	readonly isLimited: {readonly cpu: boolean; readonly memory: boolean};
};

export function isSidecar(initContainer: JsonObject): boolean {
	return initContainer.restartPolicy === 'Always';
}

/** `isInfeasible`: the node cannot grant the resize, so the amounts of the spec are ignored. */
export function containerAmounts(
	container: JsonObject,
	status: JsonObject | undefined,
	isInfeasible: boolean,
): ContainerAmounts {
	const specified = objectAt(container, 'resources');
	const inForce = status ? objectAt(status, 'resources') : {};
	const desired = {
		requests: decodeAmounts(specified.requests),
		limits: decodeAmounts(specified.limits),
	};
	const counted = isInfeasible ? {requests: undefined, limits: undefined} : desired;
	const allocated = decodeAmounts(status?.allocatedResources);
	return {
		isSidecar: isSidecar(container),
		desired: counted,
		allocated: allocated ?? counted.requests,
		actuated: {
			requests: decodeAmounts(inForce.requests) ?? allocated ?? counted.requests,
			limits: decodeAmounts(inForce.limits) ?? counted.limits,
		},
	};
}

/** The requests that the scheduler counts for one container. */
export function effectiveRequests({desired, allocated, actuated}: ContainerAmounts): ResourceAmounts {
	return maxAmounts(maxAmounts(desired.requests ?? noAmounts, allocated), actuated.requests);
}

/**
 * A pod's effective requests and limits, by the rules of `PodRequests` and `PodLimits` in
 * k8s.io/component-helpers/resource with status resources considered.
 *
 * Init containers run one by one, together with the sidecars started before them. A pod therefore needs the maximum of
 * all containers plus sidecars, and of each init container plus its earlier sidecars. Pod-level resources replace that.
 * Overhead is added to requests, and to limits if there are any.
 */
export function podAmounts(
	pod: JsonObject,
	containers: readonly ContainerAmounts[],
	initContainers: readonly ContainerAmounts[],
): PodAmounts {
	const spec = objectAt(pod, 'spec');
	const status = objectAt(pod, 'status');
	const isInfeasible = resizeState(status) === 'infeasible';
	const overhead = decodeAmounts(spec.overhead) ?? noAmounts;
	const podLevel = objectAt(spec, 'resources');
	const sum = (pick: (container: ContainerAmounts) => OptionalAmounts) =>
		aggregate(containers, initContainers, pick);

	const requests = override(
		maxAmounts(
			maxAmounts(
				sum(({desired}) => desired.requests),
				sum(({allocated}) => allocated),
			),
			sum(({actuated}) => actuated.requests),
		),
		podLevelAmounts(
			podLevel.requests,
			[objectAt(status, 'resources').requests, status.allocatedResources],
			overhead,
			isInfeasible,
		),
	);
	const limits = override(
		maxAmounts(
			sum(({desired}) => desired.limits),
			sum(({actuated}) => actuated.limits),
		),
		podLevelAmounts(podLevel.limits, [objectAt(status, 'resources').limits], overhead, isInfeasible),
	);
	const podLimits = decodeAmounts(podLevel.limits);
	const running = [...containers, ...initContainers.filter(container => container.isSidecar)];
	const isLimited = (resource: keyof ResourceAmounts) =>
		podLimits?.[resource] !== undefined ||
		(running.length > 0 && running.every(({actuated}) => (actuated.limits?.[resource] ?? 0) > 0));
	return {
		requests: sharedAmounts(addAmounts(requests, overhead)),
		limits: sharedAmounts({
			cpuCores: limits.cpuCores ? addAmounts(limits, overhead).cpuCores : limits.cpuCores,
			memoryBytes: limits.memoryBytes ? addAmounts(limits, overhead).memoryBytes : limits.memoryBytes,
		}),
		isLimited: sharedLimited({cpu: isLimited('cpuCores'), memory: isLimited('memoryBytes')}),
	};
}

/**
 * The bytes of ephemeral storage above which the kubelet evicts a pod: the sum of the limits of those containers that
 * have one (`podEphemeralStorageLimitEviction` in pkg/kubelet/eviction/eviction_manager.go).
 */
export function ephemeralStorageLimit(spec: JsonObject): number | undefined {
	const containersAt = (key: string) =>
		objectsAt(spec, key).map(container => ({
			isSidecar: isSidecar(container),
			// Decoded as memory, because `ResourceAmounts` has no storage and both are bytes.
			limits: decodeAmounts({
				memory: objectAt(objectAt(container, 'resources'), 'limits')['ephemeral-storage'],
			}),
		}));
	return aggregate(containersAt('containers'), containersAt('initContainers'), ({limits}) => limits)
		.memoryBytes;
}

/** The extended resources that the scheduler counts for a pod; undefined if it requests none. */
export function extendedRequests(spec: JsonObject): ExtendedAmounts | undefined {
	const containersAt = (key: string) =>
		objectsAt(spec, key).map(container => ({
			isSidecar: isSidecar(container),
			amounts: extendedRequestsOf(container),
		}));
	const containers = containersAt('containers');
	const initContainers = containersAt('initContainers');
	const names = new Set(
		[...containers, ...initContainers].flatMap(({amounts}) => Object.keys(amounts ?? {})),
	);
	if (names.size === 0) {
		return undefined;
	}

	return Object.fromEntries(
		[...names].map(name => {
			// As CPU, because `ResourceAmounts` has nothing else and the rules are the same.
			const sum = aggregate(containers, initContainers, ({amounts}) => ({
				...noAmounts,
				cpuCores: amounts?.[name],
			}));
			return [name, sum.cpuCores ?? 0] as const;
		}),
	);
}

/** Those of one container; the request of an extended resource is its limit. */
export function extendedRequestsOf(container: JsonObject): ExtendedAmounts | undefined {
	const resources = objectAt(container, 'resources');
	return decodeExtended(objectAt(resources, 'requests')) ?? decodeExtended(objectAt(resources, 'limits'));
}

/** From the conditions `PodResizePending` and `PodResizeInProgress` (KEP-1287). */
export function resizeState(status: JsonObject): 'deferred' | 'infeasible' | 'in-progress' | undefined {
	const conditions = objectsAt(status, 'conditions').filter(condition => condition.status !== 'False');
	const pending = conditions.find(condition => condition.type === 'PodResizePending');
	if (pending) {
		return textAt(pending, 'reason') === 'Infeasible' ? 'infeasible' : 'deferred';
	}
	return conditions.some(condition => condition.type === 'PodResizeInProgress') ? 'in-progress' : undefined;
}

function aggregate<Container extends {readonly isSidecar: boolean}>(
	containers: readonly Container[],
	initContainers: readonly Container[],
	pick: (container: Container) => OptionalAmounts,
): ResourceAmounts {
	let total = containers.reduce((amounts, container) => addAmounts(amounts, pick(container)), noAmounts);
	let sidecars = noAmounts;
	let initPeak = noAmounts;
	for (const container of initContainers) {
		const own = pick(container);
		initPeak = maxAmounts(initPeak, addAmounts(sidecars, own));
		if (!container.isSidecar) {
			continue;
		}
		total = addAmounts(total, own);
		sidecars = addAmounts(sidecars, own);
	}
	return maxAmounts(total, initPeak);
}

/** Subtracts the overhead, which the status of a pod-level resource includes and `podAmounts` adds. */
function podLevelAmounts(
	specified: unknown,
	reported: readonly unknown[],
	overhead: ResourceAmounts,
	isInfeasible: boolean,
): OptionalAmounts {
	const desired = decodeAmounts(specified);
	if (!desired || !isJsonObject(specified) || !Object.keys(specified).some(isPodLevelResource)) {
		return undefined;
	}
	const inForce = reported.map(decodeAmounts).filter(amounts => amounts !== undefined);
	const isCounted = !isInfeasible || inForce.length === 0;
	return inForce.reduce(
		(amounts, next) => maxAmounts(amounts, subtractAmounts(next, overhead)),
		isCounted ? desired : noAmounts,
	);
}

function isPodLevelResource(name: string): boolean {
	return name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');
}

function override(sum: ResourceAmounts, podLevel: OptionalAmounts): ResourceAmounts {
	return {
		cpuCores: podLevel?.cpuCores ?? sum.cpuCores,
		memoryBytes: podLevel?.memoryBytes ?? sum.memoryBytes,
	};
}
