import type {Column} from './column.ts';
import {amount, count, share, text} from './column-kinds.ts';
import type {ContainerInfo} from './inventory.ts';
import {ratio} from './ratio.ts';
import type {FilesystemReading, VolumeReading} from './reading.ts';
import type {ContainerRow, NodeRow, PodRow, Row, Usage} from './row.ts';
import {lastTermination} from './status.ts';

/** What tells trouble that CPU and memory alone do not: waiting, faults, errors, and what is about to be full. */

const perSecond = <R extends Row>(
	id: string,
	heading: string,
	explanation: string,
	value: (row: R) => number | undefined,
): Column<R> => ({id, heading, unit: 'perSecond', explanation, value});

function percent(value: number | undefined): number | undefined {
	return value === undefined ? undefined : value / 100;
}

const pressure = <R extends Row & Usage>(): ReadonlyArray<Column<R>> => [
	share('psi-cpu', 'PSI-C', 'Pressure: share of the last 10 s in which some task waited for CPU.', row =>
		percent(row.pressure?.cpuSomePercent),
	),
	share(
		'psi-memory',
		'PSI-M',
		'Pressure: share of the last 10 s in which some task waited for memory.',
		row => percent(row.pressure?.memorySomePercent),
	),
	share('psi-io', 'PSI-IO', 'Pressure: share of the last 10 s in which some task waited for a disk.', row =>
		percent(row.pressure?.ioSomePercent),
	),
];

const faults = <R extends Row & Usage>(): ReadonlyArray<Column<R>> => [
	perSecond(
		'faults',
		'FLT/s',
		'Page faults a second, most of which cost little.',
		row => row.pageFaultsPerSecond,
	),
	perSecond(
		'major-faults',
		'MAJ/s',
		'Major page faults a second: each waited for a disk. Many of them are thrashing.',
		row => row.majorPageFaultsPerSecond,
	),
	amount('swap', 'SWAP', 'bytes', 'Swap in use.', row => row.swapUsageBytes),
	count('processes', 'PROC', 'Processes.', row => row.processCount),
];

const networkErrors = <R extends Row & Usage>(): Column<R> =>
	perSecond('net-errors', 'ERR/s', 'Packets a second that were received or sent with an error.', row =>
		row.rxErrorsPerSecond === undefined && row.txErrorsPerSecond === undefined
			? undefined
			: (row.rxErrorsPerSecond ?? 0) + (row.txErrorsPerSecond ?? 0),
	);

/** How full the inodes of a file system are. */
export function inodeRatio({inodes, inodesFree}: FilesystemReading): number | undefined {
	return inodes === undefined || inodesFree === undefined ? undefined : ratio(inodes - inodesFree, inodes);
}

/** How full a file system is: what can no longer be written, of its size. */
export function fullness({capacityBytes, availableBytes}: FilesystemReading): number | undefined {
	return capacityBytes === undefined || availableBytes === undefined
		? undefined
		: ratio(Math.max(capacityBytes - availableBytes, 0), capacityBytes);
}

/** The volume of a pod with the least room left. */
export function fullestVolume(volumes: readonly VolumeReading[]): VolumeReading | undefined {
	let fullest: VolumeReading | undefined;
	for (const volume of volumes) {
		if ((fullness(volume) ?? -1) > (fullest === undefined ? -1 : (fullness(fullest) ?? -1))) {
			fullest = volume;
		}
	}

	return fullest;
}

export function nodeInsight(): ReadonlyArray<Column<NodeRow>> {
	return [
		...pressure<NodeRow>(),
		amount(
			'memory-left',
			'MEMLEFT',
			'bytes',
			'Memory that is left before pods are evicted or killed.',
			row => row.memoryAvailableBytes,
		),
		share(
			'inodes%',
			'INO%',
			'The file system with the fewest inodes left: no file more can be made at 100 %.',
			row => {
				const ratios = row.filesystems.flatMap(filesystem => inodeRatio(filesystem) ?? []);
				return ratios.length === 0 ? undefined : Math.max(...ratios);
			},
		),
		networkErrors<NodeRow>(),
		...faults<NodeRow>(),
		text('route', 'ROUTE', 'The way that the newest sample came.', row =>
			row.state.kind === 'live' ? row.state.route : undefined,
		),
	];
}

export function podInsight(): ReadonlyArray<Column<PodRow>> {
	return [
		...pressure<PodRow>(),
		share('volumes%', 'VOL%', 'The fullest volume of the pod.', row => {
			const volume = fullestVolume(row.volumes);
			return volume && fullness(volume);
		}),
		text('volume', 'VOLUME', 'The fullest volume: its claim, or its name.', row => {
			const volume = fullestVolume(row.volumes);
			return volume?.claim?.name ?? volume?.name;
		}),
		amount(
			'ephemeral',
			'EPHEM',
			'bytes',
			'Ephemeral storage: logs, layers and emptyDirs, for which pods are evicted.',
			row => row.ephemeralStorageUsedBytes,
		),
		networkErrors<PodRow>(),
		...faults<PodRow>(),
		text('last', 'LAST END', 'Why a container of the pod ended the last time.', row =>
			row.info?.containers.map(container => lastTermination(container)).find(end => end !== undefined),
		),
		text(
			'oom',
			'OOM',
			'Containers that the kernel killed for want of memory, the last time they ended.',
			row => namesOf(row.info?.containers ?? []),
		),
	];
}

export function containerInsight(): ReadonlyArray<Column<ContainerRow>> {
	return [
		...pressure<ContainerRow>(),
		amount('memory-left', 'MEMLEFT', 'bytes', 'What is left below the memory limit.', memoryLeft),
		amount(
			'rootfs',
			'ROOTFS',
			'bytes',
			'What the container wrote into its own layer.',
			row => row.rootFilesystemUsedBytes,
		),
		amount('logs', 'LOGS', 'bytes', 'What its logs take.', row => row.logUsedBytes),
		...faults<ContainerRow>(),
		text('oom', 'OOM', 'Whether the kernel killed it for want of memory, the last time it ended.', row =>
			namesOf(row.info === undefined ? [] : [row.info]),
		),
	];
}

/** The limit less the working set; the kernel kills at nothing. */
export function memoryLeft({
	memoryLimitBytes,
	memoryWorkingSetBytes,
	memoryAvailableBytes,
}: ContainerRow): number | undefined {
	return memoryLimitBytes === undefined || memoryWorkingSetBytes === undefined
		? memoryAvailableBytes
		: Math.max(memoryLimitBytes - memoryWorkingSetBytes, 0);
}

function namesOf(containers: readonly ContainerInfo[]): string | undefined {
	const killed = containers.filter(container => lastTermination(container)?.startsWith('OOMKilled'));
	return killed.length === 0 ? undefined : killed.map(({name}) => name).join(',');
}
