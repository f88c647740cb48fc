import type {
	ContainerInfo,
	ContainerRole,
	ContainerState,
	NodeAddress,
	NodeAddressType,
	NodeCondition,
	NodeInfo,
	NodeReadiness,
	NodeResources,
	NodeVersions,
	Owner,
	PodInfo,
	PodPhase,
	QosClass,
	ResourceAmounts,
	Taint,
	Termination,
} from '../../metrics/model/inventory.ts';
import {amount, finite, flag, list, object, record, text, time, variants, word} from './json-shape.ts';
import type {RecordedInventory} from './recorded-event.ts';

// Quantities of the API server may be negative.
const amounts = {cpuCores: finite, memoryBytes: finite};
const resources = object<ResourceAmounts>({}, amounts);
const extended = record(finite);
const texts = record(text);

const nodeResources = object<NodeResources>(
	{},
	{...amounts, ephemeralStorageBytes: finite, pods: finite, extended},
);

const node = object<NodeInfo>(
	{
		uid: text,
		name: text,
		roles: list(text),
		readiness: word<NodeReadiness>({Ready: true, NotReady: true, Unknown: true}),
		problems: list(
			object<NodeCondition>({type: text, status: text}, {reason: text, message: text, sinceMs: time}),
		),
		taints: list(object<Taint>({key: text, effect: text}, {value: text})),
		isCordoned: flag,
		addresses: list(
			object<NodeAddress>(
				{
					type: word<NodeAddressType>({
						InternalIP: true,
						ExternalIP: true,
						InternalDNS: true,
						ExternalDNS: true,
						Hostname: true,
					}),
					address: text,
				},
				{},
			),
		),
		versions: object<NodeVersions>(
			{},
			{
				kubelet: text,
				containerRuntime: text,
				kernel: text,
				osImage: text,
				operatingSystem: text,
				architecture: text,
			},
		),
		capacity: nodeResources,
		allocatable: nodeResources,
		labels: texts,
		isVirtual: flag,
	},
	{kubeletPort: amount, createdAtMs: time, metricsPath: text},
);

const ended = {reason: text, exitCode: finite, signal: finite, finishedAtMs: time};

const container = object<ContainerInfo>(
	{
		name: text,
		kind: word<ContainerRole>({init: true, sidecar: true, app: true, ephemeral: true}),
		requests: resources,
		limits: resources,
		isReady: flag,
		restarts: amount,
		state: variants<ContainerState>({
			running: object({}, {startedAtMs: time}),
			waiting: object({}, {reason: text, message: text}),
			terminated: object({}, ended),
			unknown: object({}, {}),
		}),
	},
	{image: text, extendedRequests: extended, lastTermination: object<Termination>({}, ended)},
);

const owner = object<Owner>({kind: text, name: text}, {});

const pod = object<PodInfo>(
	{
		uid: text,
		namespace: text,
		name: text,
		phase: word<PodPhase>({Pending: true, Running: true, Succeeded: true, Failed: true, Unknown: true}),
		reason: text,
		isHostNetwork: flag,
		labels: texts,
		restarts: amount,
		requests: resources,
		limits: resources,
		isLimited: object<PodInfo['isLimited']>({cpu: flag, memory: flag}, {}),
		containers: list(container),
	},
	{
		configHash: text,
		nodeName: text,
		hostIp: text,
		message: text,
		qosClass: word<QosClass>({Guaranteed: true, Burstable: true, BestEffort: true}),
		owner,
		workload: owner,
		createdAtMs: time,
		startTimeMs: time,
		extendedRequests: extended,
		ephemeralStorageLimitBytes: finite,
		resize: word<NonNullable<PodInfo['resize']>>({deferred: true, infeasible: true, 'in-progress': true}),
	},
);

/** An inventory of a recording. */
export const inventoryShape = object<RecordedInventory>(
	{nodes: record(node), pods: record(pod), hasAllPods: flag, isSelective: flag},
	{isCurrent: flag},
);
