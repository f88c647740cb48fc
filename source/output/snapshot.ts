import {runningContainers} from '../metrics/model/counts.ts';
import type {ResourceAmounts, Termination} from '../metrics/model/inventory.ts';
import {failureOf} from '../metrics/model/node-state.ts';
import {namespaceLimits, podLimits} from '../metrics/model/pod-limits.ts';
import type {FilesystemReading, PressureReading} from '../metrics/model/reading.ts';
import type {ClusterRow, ContainerRow, NamespaceRow, NodeRow, PodRow, Usage} from '../metrics/model/row.ts';
import {statusOf} from '../metrics/model/status.ts';
import type {ListLevel, Query, Source} from '../metrics/model/view.ts';

/** Fields that are unknown are absent, never null and never 0; see snapshot.schema.json for every unit. */
export type Snapshot = {
	readonly apiVersion: 'ktop/v1';
	readonly kind: 'Snapshot';
	readonly time: string;
	readonly source: string;
	readonly context?: string;
	readonly kubernetesVersion?: string;
	readonly demo: boolean;
	readonly cluster: Fields;
	readonly nodes: readonly Fields[];
	readonly pods: readonly Fields[];
	readonly containers: readonly Fields[];
	readonly namespaces: readonly Fields[];
	readonly errors: readonly Fields[];
	/** What is hidden or may be out of date for want of rights or of an answer. */
	readonly notices: readonly string[];
};

export type FieldValue = string | number | boolean | Fields | readonly FieldValue[];
export type Fields = {readonly [name: string]: FieldValue};

export type SnapshotOptions = {
	readonly nowMs: number;
	readonly sourceLabel: string;
	readonly context: string | undefined;
	readonly kubernetesVersion: string | undefined;
	readonly notices: readonly string[];
	readonly isDemo: boolean;
	/** A node whose sample is older is stale: it is listed, but in no sum. */
	readonly staleAfterMs: number;
	/** Filter and order are of one level, whose columns they name; the scope is of all. */
	readonly level: ListLevel;
	readonly query: Omit<Query, 'level'>;
};

const BY_NAME = {column: 'name', isDescending: false} as const;

/** Everything the store knows at one moment, in the order of names, or of `query` for its level. */
export function takeSnapshot(source: Source, options: SnapshotOptions): Snapshot {
	const {nowMs} = options;
	const rows = <L extends ListLevel>(level: L) =>
		source.view(
			level === options.level
				? {sort: BY_NAME, ...options.query, level}
				: {sort: BY_NAME, scope: options.query.scope, level},
			'live',
			nowMs,
		).rows;
	const nodes = rows('nodes');
	return {
		apiVersion: 'ktop/v1',
		kind: 'Snapshot',
		time: new Date(nowMs).toISOString(),
		source: options.sourceLabel,
		...(options.context === undefined ? {} : {context: options.context}),
		...(options.kubernetesVersion === undefined ? {} : {kubernetesVersion: options.kubernetesVersion}),
		demo: options.isDemo,
		cluster: clusterFields(source.cluster('live', nowMs)),
		nodes: nodes.map(row => nodeFields(row, options)),
		pods: rows('pods').map(row => podFields(row, nowMs)),
		containers: rows('containers').map(row => containerFields(row, nowMs)),
		namespaces: rows('namespaces').map(namespaceFields),
		errors: nodes.flatMap(errorsOf),
		notices: options.notices,
	};
}

/** Leaves out what is unknown, and groups that are empty then. */
function known(fields: {readonly [name: string]: FieldValue | undefined}): Fields {
	return Object.fromEntries(
		Object.entries(fields).filter(
			(entry): entry is [string, FieldValue] => entry[1] !== undefined && !isEmpty(entry[1]),
		),
	);
}

function isEmpty(value: FieldValue): boolean {
	return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Nanocores are what kubelets count in; digits beyond are noise of the division. */
const cores = (value: number | undefined): number | undefined => rounded(value, 1e9);
const perSecond = (value: number | undefined): number | undefined => rounded(value, 1000);
const bytes = (value: number | undefined): number | undefined => rounded(value, 1);
const seconds = (durationMs: number | undefined): number | undefined =>
	durationMs === undefined ? undefined : rounded(durationMs / 1000, 1000);
/** RFC 3339 has four digits for the year; a source's time beyond them cannot be true, and `Date` throws further out. */
const LATEST_MS = Date.UTC(10_000, 0, 1) - 1;
const time = (timeMs: number | undefined): string | undefined =>
	timeMs === undefined || timeMs < 0 || timeMs > LATEST_MS ? undefined : new Date(timeMs).toISOString();

function rounded(value: number | undefined, parts: number): number | undefined {
	return value === undefined ? undefined : Math.round(value * parts) / parts;
}

function clusterFields(row: ClusterRow): Fields {
	return known({
		// Where nodes may not be listed, there is none to be seen.
		nodes: row.nodes === 0 ? undefined : row.nodes,
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
		rxBytesPerSecond: perSecond(row.rxBytesPerSecond),
		txBytesPerSecond: perSecond(row.txBytesPerSecond),
	});
}

function sampleFields(row: Usage, nowMs: number): Fields {
	return known({
		time: time(row.sampleTimeMs),
		ageSeconds: seconds(row.receivedAtMs === undefined ? undefined : Math.max(nowMs - row.receivedAtMs, 0)),
		windowSeconds: seconds(row.cpuWindowMs),
	});
}

function memoryFields(row: Usage): {readonly [name: string]: FieldValue | undefined} {
	return {
		workingSetBytes: bytes(row.memoryWorkingSetBytes),
		usageBytes: bytes(row.memoryUsageBytes),
		rssBytes: bytes(row.memoryRssBytes),
		cacheBytes: bytes(row.memoryCacheBytes),
		availableBytes: bytes(row.memoryAvailableBytes),
		pageFaultsPerSecond: perSecond(row.pageFaultsPerSecond),
		majorPageFaultsPerSecond: perSecond(row.majorPageFaultsPerSecond),
		swapBytes: bytes(row.swapUsageBytes),
	};
}

function networkFields(row: Usage): Fields {
	return known({
		rxBytesPerSecond: perSecond(row.rxBytesPerSecond),
		txBytesPerSecond: perSecond(row.txBytesPerSecond),
		rxErrorsPerSecond: perSecond(row.rxErrorsPerSecond),
		txErrorsPerSecond: perSecond(row.txErrorsPerSecond),
		windowSeconds: seconds(row.networkWindowMs),
	});
}

function pressureFields(pressure: PressureReading | undefined): Fields | undefined {
	return pressure === undefined ? undefined : known({...pressure});
}

function filesystemFields(filesystem: FilesystemReading): {readonly [name: string]: FieldValue | undefined} {
	return {
		usedBytes: bytes(filesystem.usedBytes),
		capacityBytes: bytes(filesystem.capacityBytes),
		availableBytes: bytes(filesystem.availableBytes),
		inodes: filesystem.inodes,
		inodesFree: filesystem.inodesFree,
		inodesUsed: filesystem.inodesUsed,
	};
}

function nodeFields(row: NodeRow, {nowMs, staleAfterMs}: SnapshotOptions): Fields {
	const isStale = row.receivedAtMs !== undefined && nowMs - row.receivedAtMs > staleAfterMs;
	const state = row.state.kind === 'live' && isStale ? 'stale' : row.state.kind;
	return known({
		name: row.name,
		status: statusOf(row),
		roles: row.info?.roles,
		virtual: row.info?.isVirtual === true ? true : undefined,
		version: row.info?.versions.kubelet,
		operatingSystem: row.info?.versions.operatingSystem,
		createdTime: time(row.info?.createdAtMs),
		sample: known({
			state,
			...sampleFields(row, nowMs),
			route: row.state.kind === 'live' ? row.state.route : undefined,
			latencyMs: row.state.kind === 'live' ? rounded(row.state.latencyMs, 1000) : undefined,
		}),
		startTime: time(row.startTimeMs),
		cpu: known({
			usageCores: cores(row.cpuCores),
			capacityCores: cores(row.cpuCapacityCores),
			allocatableCores: cores(row.info?.allocatable.cpuCores),
			...cpuClaims(row.bound),
		}),
		memory: known({
			...memoryFields(row),
			capacityBytes: bytes(row.memoryCapacityBytes),
			allocatableBytes: bytes(row.info?.allocatable.memoryBytes),
			...memoryClaims(row.bound),
		}),
		network: networkFields(row),
		filesystems: row.filesystems.map(filesystem =>
			known({name: filesystem.name, ...filesystemFields(filesystem)}),
		),
		pressure: pressureFields(row.pressure),
		processes: row.processCount,
		pods: known({
			running: row.podCount,
			bound: row.bound?.pods,
			allocatable: row.info?.allocatable.pods,
		}),
		containers: known({running: row.containerCount}),
	});
}

function podFields(row: PodRow, nowMs: number): Fields {
	return known({
		namespace: row.namespace,
		name: row.name,
		uid: row.uid,
		node: row.node === '' ? undefined : row.node,
		status: statusOf(row),
		phase: row.info?.phase,
		restarts: row.info?.restarts,
		qosClass: row.info?.qosClass,
		workload: row.info?.workload,
		createdTime: time(row.info?.createdAtMs),
		sample: sampleFields(row, nowMs),
		startTime: time(row.startTimeMs),
		cpu: known({usageCores: cores(row.cpuCores), ...cpuClaims(podClaims(row))}),
		memory: known({...memoryFields(row), ...memoryClaims(podClaims(row))}),
		network: networkFields(row),
		hostNetwork: row.isHostNetwork,
		ephemeralStorage: known({usedBytes: bytes(row.ephemeralStorageUsedBytes)}),
		volumes: row.volumes.map(volume =>
			known({name: volume.name, claim: volume.claim && known(volume.claim), ...filesystemFields(volume)}),
		),
		pressure: pressureFields(row.pressure),
		processes: row.processCount,
		containers: runningContainers(row),
	});
}

function containerFields(row: ContainerRow, nowMs: number): Fields {
	return known({
		namespace: row.pod?.namespace,
		pod: row.pod?.name,
		podUid: row.pod?.uid,
		container: row.name,
		kind: row.containerKind,
		node: row.node === '' ? undefined : row.node,
		status: statusOf(row),
		ready: row.info?.isReady,
		restarts: row.info?.restarts,
		lastTermination: row.info?.lastTermination && terminationFields(row.info.lastTermination),
		image: row.info?.image ?? row.image,
		sample: sampleFields(row, nowMs),
		startTime: time(row.startTimeMs),
		cpu: known({
			usageCores: cores(row.cpuCores),
			requestCores: cores(row.info?.requests.cpuCores),
			limitCores: cores(row.cpuLimitCores),
			throttledRatio: rounded(row.throttledRatio, 1e6),
		}),
		memory: known({
			...memoryFields(row),
			requestBytes: bytes(row.info?.requests.memoryBytes),
			limitBytes: bytes(row.memoryLimitBytes),
		}),
		network: networkFields(row),
		rootFilesystem: known({usedBytes: bytes(row.rootFilesystemUsedBytes)}),
		logs: known({usedBytes: bytes(row.logUsedBytes)}),
		pressure: pressureFields(row.pressure),
		processes: row.processCount,
	});
}

function namespaceFields(row: NamespaceRow): Fields {
	return known({
		name: row.name,
		pods: row.podCount,
		containers: row.containerCount,
		cpu: known({usageCores: cores(row.cpuCores), ...cpuClaims(namespaceClaims(row))}),
		memory: known({
			workingSetBytes: bytes(row.memoryWorkingSetBytes),
			rssBytes: bytes(row.memoryRssBytes),
			...memoryClaims(namespaceClaims(row)),
		}),
		network: known({
			rxBytesPerSecond: perSecond(row.rxBytesPerSecond),
			txBytesPerSecond: perSecond(row.txBytesPerSecond),
		}),
	});
}

type Claims = {readonly requests: ResourceAmounts; readonly limits: ResourceAmounts} | undefined;

function podClaims(row: PodRow): Claims {
	const limits = podLimits(row);
	return row.info && limits && {requests: row.info.requests, limits};
}

function namespaceClaims(row: NamespaceRow): Claims {
	const limits = namespaceLimits(row);
	return row.bound && limits && {requests: row.bound.requests, limits};
}

function cpuClaims(claims: Claims): {readonly [name: string]: FieldValue | undefined} {
	return {requestCores: cores(claims?.requests.cpuCores), limitCores: cores(claims?.limits.cpuCores)};
}

function memoryClaims(claims: Claims): {readonly [name: string]: FieldValue | undefined} {
	return {requestBytes: bytes(claims?.requests.memoryBytes), limitBytes: bytes(claims?.limits.memoryBytes)};
}

function terminationFields({reason, exitCode, signal, finishedAtMs}: Termination): Fields {
	return known({reason, exitCode, signal, time: time(finishedAtMs)});
}

/** Why a node is missing, or why a better way to read it was not used. */
function errorsOf({name, state, info}: NodeRow): readonly Fields[] {
	const failure = failureOf(state);
	return failure === undefined || info?.isVirtual
		? []
		: [{node: name, code: failure.code, message: failure.message, hint: failure.hint}];
}
