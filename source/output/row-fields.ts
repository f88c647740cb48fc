import {runningContainers} from '../metrics/model/counts.ts';
import type {ExtendedAmounts} from '../metrics/model/extended-resources.ts';
import type {Termination} from '../metrics/model/inventory.ts';
import {instanceTypeOf, poolOf, zoneOf} from '../metrics/model/node-place.ts';
import {podLimits, sumLimits} from '../metrics/model/pod-limits.ts';
import {routeText} from '../metrics/model/route.ts';
import type {
	ClusterRow,
	ContainerRow,
	DiskUsage,
	GroupRow,
	InterfaceUsage,
	NamespaceRow,
	NodeRow,
	PodRow,
	ProblemRow,
	ProcessRow,
	WorkloadRow,
} from '../metrics/model/row.ts';
import {statusOf} from '../metrics/model/status.ts';
import type {SumOfPods} from '../metrics/model/sum-of-pods.ts';
import {bytes, cores, type Fields, knownFields, rounded, roundedPerSecond, time} from './fields.ts';
import {
	type Claims,
	cpuClaims,
	cpuFields,
	filesystemFields,
	memoryClaims,
	memoryFields,
	networkFields,
	pressureFields,
	sampleFields,
} from './usage-fields.ts';

export function clusterFields(row: ClusterRow): Fields {
	return knownFields({
		nodes: row.nodes === 0 ? row.nodesReady : row.nodes,
		nodesRead: row.nodesRead,
		nodesReady: row.nodesReady,
		pods: row.pods,
		containers: row.containers,
		cpuCores: cores(row.cpuCores),
		cpuCapacityCores: cores(row.cpuCapacityCores),
		cpuAllocatableCores: cores(row.allocatable.cpuCores),
		cpuRequestCores: cores(row.requests.cpuCores),
		cpuLimitCores: cores(row.limits.cpuCores),
		memoryBytes: bytes(row.memoryWorkingSetBytes),
		memoryCapacityBytes: bytes(row.memoryCapacityBytes),
		memoryAllocatableBytes: bytes(row.allocatable.memoryBytes),
		memoryRequestBytes: bytes(row.requests.memoryBytes),
		memoryLimitBytes: bytes(row.limits.memoryBytes),
		rxBytesPerSecond: roundedPerSecond(row.rxBytesPerSecond),
		txBytesPerSecond: roundedPerSecond(row.txBytesPerSecond),
	});
}

export function nodeFields(
	row: NodeRow,
	{nowMs, staleAfterMs}: {readonly nowMs: number; readonly staleAfterMs: number},
): Fields {
	const isStale = row.receivedAtMs !== undefined && nowMs - row.receivedAtMs > staleAfterMs;
	const state = row.state.kind === 'live' && isStale ? 'stale' : row.state.kind;
	return knownFields({
		cluster: row.cluster,
		name: row.name,
		status: statusOf(row),
		outdated: row.isFrozen,
		roles: row.info?.roles,
		zone: zoneOf(row.info),
		pool: poolOf(row.info),
		instanceType: instanceTypeOf(row.info),
		virtual: row.info?.isVirtual === true ? true : undefined,
		version: row.info?.versions.kubelet,
		operatingSystem: row.info?.versions.operatingSystem,
		createdTime: time(row.info?.createdAtMs),
		sample: knownFields({
			state,
			...sampleFields(row, nowMs),
			route: row.state.kind === 'live' ? routeText(row.state.route) : undefined,
			latencyMs: row.state.kind === 'live' ? rounded(row.state.latencyMs, 1000) : undefined,
		}),
		startTime: time(row.startTimeMs),
		cpu: knownFields(
			cpuFields(row),
			{
				capacityCores: cores(row.cpuCapacityCores),
				allocatableCores: cores(row.info?.allocatable.cpuCores),
			},
			cpuClaims(row.bound),
			{
				cores: row.cores?.map(({name, busyRatio}) => knownFields({name, busyRatio: rounded(busyRatio, 1e6)})),
			},
		),
		memory: knownFields(
			memoryFields(row),
			{
				capacityBytes: bytes(row.memoryCapacityBytes),
				allocatableBytes: bytes(row.info?.allocatable.memoryBytes),
			},
			memoryClaims(row.bound),
		),
		network: networkFields(row),
		interfaces: row.interfaces?.map(interfaceFields),
		disks: row.disks?.map(diskFields),
		filesystems: row.filesystems.map(filesystem =>
			knownFields({name: filesystem.name}, filesystemFields(filesystem)),
		),
		pressure: pressureFields(row.pressure),
		extended: nodeExtended(row),
		processes: row.processCount,
		pods: knownFields({
			running: row.podCount,
			bound: row.bound?.pods,
			allocatable: row.info?.allocatable.pods,
		}),
		containers: knownFields({running: row.containerCount}),
	});
}

export function podFields(row: PodRow, nowMs: number): Fields {
	return knownFields({
		cluster: row.cluster,
		namespace: row.namespace,
		name: row.name,
		uid: row.uid,
		node: row.node === '' ? undefined : row.node,
		status: statusOf(row),
		outdated: row.isFrozen,
		phase: row.info?.phase,
		restarts: row.info?.restarts,
		qosClass: row.info?.qosClass,
		workload: row.info?.workload,
		createdTime: time(row.info?.createdAtMs),
		sample: sampleFields(row, nowMs),
		startTime: time(row.startTimeMs),
		cpu: knownFields(cpuFields(row), cpuClaims(podClaims(row))),
		memory: knownFields(memoryFields(row), memoryClaims(podClaims(row))),
		extended: extendedFields(row.info?.extendedRequests),
		network: networkFields(row),
		hostNetwork: row.isHostNetwork,
		ephemeralStorage: knownFields({usedBytes: bytes(row.ephemeralStorageUsedBytes)}),
		volumes: Array.from(row.volumes, volume =>
			knownFields(
				{name: volume.name, claim: volume.claim && knownFields(volume.claim)},
				filesystemFields(volume),
			),
		),
		pressure: pressureFields(row.pressure),
		processes: row.processCount,
		containers: runningContainers(row),
	});
}

export function containerFields(row: ContainerRow, nowMs: number): Fields {
	return knownFields({
		cluster: row.cluster,
		namespace: row.pod?.namespace,
		pod: row.pod?.name,
		podUid: row.pod?.uid,
		container: row.name,
		kind: row.containerKind,
		node: row.node === '' ? undefined : row.node,
		status: statusOf(row),
		outdated: row.isFrozen,
		ready: row.info?.isReady,
		restarts: row.info?.restarts,
		lastTermination: row.info?.lastTermination && terminationFields(row.info.lastTermination),
		image: row.info?.image ?? row.image,
		sample: sampleFields(row, nowMs),
		startTime: time(row.startTimeMs),
		cpu: knownFields(cpuFields(row), {
			requestCores: cores(row.info?.requests.cpuCores),
			limitCores: cores(row.cpuLimitCores),
			throttledRatio: rounded(row.throttledRatio, 1e6),
		}),
		memory: knownFields(memoryFields(row), {
			requestBytes: bytes(row.info?.requests.memoryBytes),
			limitBytes: bytes(row.memoryLimitBytes),
		}),
		extended: extendedFields(row.info?.extendedRequests),
		network: networkFields(row),
		rootFilesystem: knownFields({usedBytes: bytes(row.rootFilesystemUsedBytes)}),
		logs: knownFields({usedBytes: bytes(row.logUsedBytes)}),
		pressure: pressureFields(row.pressure),
		processes: row.processCount,
	});
}

export function namespaceFields(row: NamespaceRow): Fields {
	return knownFields({cluster: row.cluster, name: row.name}, sumFields(row));
}

export function workloadFields(row: WorkloadRow): Fields {
	const {ready, highest} = row;
	return knownFields({
		cluster: row.cluster,
		namespace: row.namespace,
		name: row.name,
		kind: row.workloadKind,
		readyPods: ready?.pods,
		unfinishedPods: ready?.of,
		wantedPods: row.wantedPods,
		restarts: row.restarts,
		oomKilled: row.oomKilled,
		createdTime: time(row.createdAtMs),
		...sumFields(row),
		highest: knownFields({
			pod: highest.pod,
			cpuUsageCores: cores(highest.cpuCores),
			memoryWorkingSetBytes: bytes(highest.memoryBytes),
			memoryLimitRatio: rounded(highest.memoryLimitRatio, 1e6),
		}),
	});
}

export function groupFields(row: GroupRow, of: string, by: string): Fields {
	return knownFields({
		of,
		by,
		value: row.text,
		rows: row.members.length,
		restarts: row.restarts,
		oomKilled: row.oomKilled,
		...sumFields(row),
	});
}

/** Without its arguments, which may be secrets. */
export function processFields(row: ProcessRow): Fields {
	const {container} = row;
	return knownFields({
		node: row.node,
		pid: row.pid,
		parentPid: row.parentPid,
		user: row.user,
		command: row.name,
		state: row.state,
		startTime: time(row.startTimeMs),
		cpu: knownFields({usageCores: cores(row.cpuCores)}),
		memory: knownFields({rssBytes: bytes(row.memoryRssBytes)}),
		container: container?.name,
		pod: container?.pod?.name,
		namespace: container?.pod?.namespace,
	});
}

export function problemFields({of, container, level, reason, message, sinceMs}: ProblemRow): Fields {
	return knownFields({
		level,
		reason,
		message,
		since: time(sinceMs),
		object: problemObject(of, container),
	});
}

function problemObject(of: ProblemRow['of'], container: string | undefined): Fields {
	switch (of.kind) {
		case 'node':
			return knownFields({kind: of.kind, cluster: of.cluster, name: of.name});
		case 'pod':
			return knownFields({
				kind: of.kind,
				cluster: of.cluster,
				namespace: of.namespace,
				name: of.name,
				container,
				node: of.node === '' ? undefined : of.node,
			});
		case 'container':
			return knownFields({
				kind: of.kind,
				cluster: of.cluster,
				namespace: of.pod?.namespace,
				pod: of.pod?.name,
				name: of.name,
				node: of.node === '' ? undefined : of.node,
			});
	}
}

function sumFields(row: SumOfPods): Fields {
	return knownFields({
		pods: row.podCount,
		containers: row.containerCount,
		cpu: knownFields({usageCores: cores(row.cpuCores)}, cpuClaims(sumClaims(row))),
		memory: knownFields(
			{workingSetBytes: bytes(row.memoryWorkingSetBytes), rssBytes: bytes(row.memoryRssBytes)},
			memoryClaims(sumClaims(row)),
		),
		extended: extendedFields(row.bound?.extendedRequests),
		network: knownFields({
			rxBytesPerSecond: roundedPerSecond(row.rxBytesPerSecond),
			txBytesPerSecond: roundedPerSecond(row.txBytesPerSecond),
		}),
	});
}

function interfaceFields({name, rxBytesPerSecond, txBytesPerSecond}: InterfaceUsage): Fields {
	return knownFields({
		name,
		rxBytesPerSecond: roundedPerSecond(rxBytesPerSecond),
		txBytesPerSecond: roundedPerSecond(txBytesPerSecond),
	});
}

function diskFields({name, readBytesPerSecond, writtenBytesPerSecond, busyRatio}: DiskUsage): Fields {
	return knownFields({
		name,
		readBytesPerSecond: roundedPerSecond(readBytesPerSecond),
		writtenBytesPerSecond: roundedPerSecond(writtenBytesPerSecond),
		busyRatio: rounded(busyRatio, 1e6),
	});
}

/** Every extended resource that a node has, or that pods on it request. */
function nodeExtended({info, bound}: NodeRow): readonly Fields[] {
	const allocatable = info?.allocatable.extended ?? {};
	const requests = bound?.extendedRequests ?? {};
	return [...new Set([...Object.keys(allocatable), ...Object.keys(requests)])]
		.map(name => ({
			name,
			request: requests[name] ?? (bound === undefined ? undefined : 0),
			allocatable: allocatable[name],
		}))
		.filter(({request, allocatable}) => (request ?? 0) > 0 || (allocatable ?? 0) > 0)
		.map(one => knownFields(one));
}

function extendedFields(requests: ExtendedAmounts | undefined): readonly Fields[] {
	return Object.entries(requests ?? {}).map(([name, request]) => ({name, request}));
}

function podClaims(row: PodRow): Claims {
	const limits = podLimits(row);
	return row.info && limits && {requests: row.info.requests, limits};
}

function sumClaims(row: SumOfPods): Claims {
	const limits = sumLimits(row);
	return row.bound && limits && {requests: row.bound.requests, limits};
}

function terminationFields({reason, exitCode, signal, finishedAtMs}: Termination): Fields {
	return knownFields({reason, exitCode, signal, time: time(finishedAtMs)});
}
