import type {Column, Why} from '../model/column.ts';
import {fullestOf, fullness} from '../model/fullness.ts';
import {inodeRatio} from '../model/inode-ratio.ts';
import type {ContainerInfo} from '../model/inventory.ts';
import {killedForMemory} from '../model/killed-for-memory.ts';
import {memoryLeft} from '../model/memory-left.ts';
import {networkErrorsOf} from '../model/network-errors.ts';
import {describeState} from '../model/node-state.ts';
import {ratio} from '../model/ratio.ts';
import type {FilesystemReading} from '../model/reading.ts';
import type {ContainerRow, NamespaceRow, NodeRow, PodRow, Row, TreeRow, Usage} from '../model/row.ts';
import {lastTermination} from '../model/status.ts';
import {firstOf, toldOf} from '../reasons/missing.ts';
import {
	networkUnmeasured,
	pressureUnmeasured,
	rateUnmeasured,
	unmeasured,
	whyNotInSummary,
} from '../reasons/why-unmeasured.ts';
import {noLimit, unlisted} from '../reasons/why-unset.ts';
import {amount, count, share, text} from './column-kinds.ts';

/** What tells trouble that CPU and memory alone do not: waiting, faults, errors, and what is about to be full. */

const perSecond = <R extends Row>(
	id: string,
	heading: string,
	explanation: string,
	value: (row: R) => number | undefined,
	why: Why,
): Column<R> => ({id, heading, unit: 'perSecond', explanation, value, why});

function percent(value: number | undefined): number | undefined {
	return value === undefined ? undefined : value / 100;
}

const pressure = <R extends Row & Usage>(): ReadonlyArray<Column<R>> => [
	share(
		'psi-cpu',
		'PSI-C',
		'Pressure: share of the last 10 s in which some task waited for CPU.',
		row => percent(row.pressure?.cpuSomePercent),
		pressureUnmeasured,
	),
	share(
		'psi-memory',
		'PSI-M',
		'Pressure: share of the last 10 s in which some task waited for memory.',
		row => percent(row.pressure?.memorySomePercent),
		pressureUnmeasured,
	),
	share(
		'psi-io',
		'PSI-IO',
		'Pressure: share of the last 10 s in which some task waited for a disk.',
		row => percent(row.pressure?.ioSomePercent),
		pressureUnmeasured,
	),
];

const faults = <R extends Row & Usage>(): ReadonlyArray<Column<R>> => [
	perSecond(
		'faults',
		'FLT/s',
		'Page faults a second, most of which cost little.',
		row => row.pageFaultsPerSecond,
		rateUnmeasured,
	),
	perSecond(
		'major-faults',
		'MAJ/s',
		'Major page faults a second: each waited for a disk. Many of them are thrashing.',
		row => row.majorPageFaultsPerSecond,
		rateUnmeasured,
	),
	amount(
		'swap',
		'SWAP',
		'bytes',
		'Swap in use.',
		row => row.swapUsageBytes,
		unmeasured('the node tells no swap: kubelets do since 1.28, where swap is switched on'),
	),
	count(
		'processes',
		'PROC',
		'Processes.',
		row => row.processCount,
		unmeasured(firstOf(whyNotInSummary(['container']), 'what the node sends does not count its processes')),
	),
];

const networkErrors = <R extends Row>(value: (row: R) => number | undefined): Column<R> =>
	perSecond(
		'net-errors',
		'ERR/s',
		'Packets a second that were received or sent with an error.',
		value,
		// Unlike the traffic itself its errors are not kept over time.
		firstOf((_row, {isPast}) => (isPast ? 'its past is not kept' : undefined), networkUnmeasured),
	);

function fullestVolumeRatio({volumes}: PodRow): number | undefined {
	const volume = fullestOf(volumes);
	return volume && fullness(volume);
}

function fullestInodes(filesystems: readonly FilesystemReading[]): number | undefined {
	const ratios = filesystems.flatMap(filesystem => inodeRatio(filesystem) ?? []);
	return ratios.length === 0 ? undefined : Math.max(...ratios);
}

const noVolume = (otherwise: string): Why =>
	toldOf(
		['pod', 'namespace'],
		unmeasured(row =>
			row.kind === 'pod' && row.volumes.length > 0
				? otherwise
				: 'there is no volume, or none of a kind that kubelets measure',
		),
	);

const ephemeralUnmeasured = toldOf(
	['pod', 'namespace'],
	unmeasured('what the node sends does not tell what pods write'),
);

const ephemeral = <R extends Row>(value: (row: R) => number | undefined): Column<R> =>
	amount(
		'ephemeral',
		'EPHEM',
		'bytes',
		'Ephemeral storage: logs, layers and emptyDirs, for which pods are evicted.',
		value,
		ephemeralUnmeasured,
	);

const volumes = <R extends Row>(explanation: string, value: (row: R) => number | undefined): Column<R> =>
	share('volumes%', 'VOL%', explanation, value, noVolume('no volume tells its size'));

const noEphemeralLimit = unlisted('no container of it has a limit of ephemeral storage');
const noEnd = unlisted('no container has ended yet');
const notKilled = unlisted('none was killed for want of memory');

export function nodeInsight(): ReadonlyArray<Column<NodeRow>> {
	return [
		...pressure<NodeRow>(),
		amount(
			'memory-left',
			'MEMLEFT',
			'bytes',
			'Memory that is left before pods are evicted or killed.',
			row => row.memoryAvailableBytes,
			unmeasured('what the node sends does not tell how much memory there is'),
		),
		share(
			'inodes%',
			'INO%',
			'The file system with the fewest inodes left: no file more can be made at 100 %.',
			row => fullestInodes(row.filesystems),
			unmeasured('no file system of the node counts inodes'),
		),
		networkErrors<NodeRow>(networkErrorsOf),
		...faults<NodeRow>(),
		text(
			'route',
			'ROUTE',
			'The way that the newest sample came.',
			row => (row.state.kind === 'live' ? row.state.route : undefined),
			row => `the state of the node is: ${row.kind === 'node' ? describeState(row.state) : ''}`,
		),
	];
}

export function podInsight(): ReadonlyArray<Column<PodRow>> {
	return [
		...pressure<PodRow>(),
		volumes<PodRow>(
			'The fullest volume of the pod: its size less what is available, of its size, which is more than what is used where others use the disk.',
			fullestVolumeRatio,
		),
		share(
			'volume-inodes%',
			'VINO%',
			'The volume of the pod with the fewest inodes left.',
			row => fullestInodes(row.volumes),
			noVolume('no volume of it counts inodes'),
		),
		text(
			'volume',
			'VOLUME',
			'The fullest volume: its claim, or its name.',
			row => {
				const volume = fullestOf(row.volumes);
				return volume?.claim?.name ?? volume?.name;
			},
			noVolume('no volume tells its size'),
		),
		ephemeral<PodRow>(row => row.ephemeralStorageUsedBytes),
		share(
			'ephemeral%',
			'EPH%',
			'Ephemeral storage of its limit, the sum of those of the containers: above it the pod is evicted.',
			row => ratio(row.ephemeralStorageUsedBytes, row.info?.ephemeralStorageLimitBytes),
			(row, around) =>
				row.kind === 'pod' && row.ephemeralStorageUsedBytes === undefined
					? ephemeralUnmeasured(row, around)
					: noEphemeralLimit(row, around),
		),
		networkErrors<PodRow>(networkErrorsOf),
		...faults<PodRow>(),
		text(
			'last',
			'LAST END',
			'Why a container of the pod ended the last time.',
			row => row.info?.containers.map(container => lastTermination(container)).find(end => end !== undefined),
			noEnd,
		),
		text(
			'oom',
			'OOM',
			'Containers that the kernel killed for want of memory, the last time they ended.',
			row => namesOf(row.info?.containers ?? []),
			notKilled,
		),
	];
}

export function containerInsight(): ReadonlyArray<Column<ContainerRow>> {
	return [
		...pressure<ContainerRow>(),
		amount(
			'memory-left',
			'MEMLEFT',
			'bytes',
			'What is left below the memory limit.',
			memoryLeft,
			firstOf(
				(row, around) =>
					row.kind === 'container' && row.memoryLimitBytes === undefined
						? noLimit('memoryBytes')(row, around)
						: undefined,
				unmeasured('the newest sample does not have its memory'),
			),
		),
		amount(
			'rootfs',
			'ROOTFS',
			'bytes',
			'What the container wrote into its own layer.',
			row => row.rootFilesystemUsedBytes,
			unmeasured('the node does not tell what it wrote'),
		),
		amount(
			'logs',
			'LOGS',
			'bytes',
			'What its logs take.',
			row => row.logUsedBytes,
			unmeasured('the node does not tell what its logs take'),
		),
		...faults<ContainerRow>(),
		text(
			'oom',
			'OOM',
			'Whether the kernel killed it for want of memory, the last time it ended.',
			row => namesOf(row.info === undefined ? [] : [row.info]),
			notKilled,
		),
	];
}

/** Sums of what its pods have, and the fullest of their volumes. */
export function namespaceInsight(): ReadonlyArray<Column<NamespaceRow>> {
	return [
		count(
			'restarts',
			'RST',
			'How often containers of its pods were restarted.',
			row => row.restarts,
			unlisted('none of its pods is listed'),
		),
		count(
			'oom-killed',
			'OOM',
			'How many of its containers the kernel killed for want of memory, the last time they ended.',
			row => row.oomKilled,
			unlisted('none of its pods is listed'),
		),
		networkErrors<NamespaceRow>(row => row.networkErrorsPerSecond),
		ephemeral<NamespaceRow>(row => row.ephemeralStorageUsedBytes),
		volumes<NamespaceRow>(
			'The fullest volume of its pods: its size less what is available, of its size, which is more than what is used where others use the disk.',
			row => row.fullestVolumeRatio,
		),
	];
}

/** Of the rows in a tree what all but nodes can have. */
export function treeInsight(): ReadonlyArray<Column<TreeRow>> {
	return [
		networkErrors<TreeRow>(({of}) =>
			of.kind === 'namespace' ? of.networkErrorsPerSecond : networkErrorsOf(of),
		),
		ephemeral<TreeRow>(({of}) =>
			of.kind === 'pod' || of.kind === 'namespace' ? of.ephemeralStorageUsedBytes : undefined,
		),
		volumes<TreeRow>('The fullest volume of the pod, or of the pods of the namespace.', ({of}) =>
			of.kind === 'pod'
				? fullestVolumeRatio(of)
				: of.kind === 'namespace'
					? of.fullestVolumeRatio
					: undefined,
		),
		count(
			'oom-killed',
			'OOM',
			'How many containers the kernel killed for want of memory, the last time they ended.',
			({of}) => {
				switch (of.kind) {
					case 'node':
						return undefined;
					case 'namespace':
						return of.oomKilled;
					case 'pod':
						return of.info && killedForMemory(of.info.containers).length;
					case 'container':
						return of.info && killedForMemory([of.info]).length;
				}
			},
			toldOf(['container', 'pod', 'namespace'], unlisted('no container of it is listed')),
		),
	];
}

function namesOf(containers: readonly ContainerInfo[]): string | undefined {
	const killed = killedForMemory(containers);
	return killed.length === 0 ? undefined : killed.map(({name}) => name).join(',');
}
