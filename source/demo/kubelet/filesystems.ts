import {stamp} from '../metav1-time.ts';
import type {ContainerModel} from '../model/container.ts';
import {type NodeModel, nodeAgeS} from '../model/node.ts';
import type {PodModel} from '../model/pod.ts';
import {sampleTimeMs} from './sampling.ts';

const INODES_PER_BYTE = 1 / 16_384;
const DAY_S = 86_400;

export type FsStats = {
	readonly time: string;
	readonly availableBytes: number;
	readonly capacityBytes: number;
	readonly usedBytes: number;
	readonly inodesFree: number;
	readonly inodes: number;
	readonly inodesUsed: number;
};

function fsStats(timeMs: number, capacityBytes: number, diskUsedBytes: number, usedBytes: number): FsStats {
	const inodes = Math.floor(capacityBytes * INODES_PER_BYTE);
	const inodesTaken = Math.floor(diskUsedBytes / 60_000);
	return {
		time: stamp(timeMs),
		availableBytes: capacityBytes - diskUsedBytes,
		capacityBytes,
		usedBytes,
		inodesFree: inodes - inodesTaken,
		inodes,
		inodesUsed: Math.min(inodesTaken, 9 + Math.floor(usedBytes / 60_000)),
	};
}

/** Usage of the node's disk swings by half a percent of its size over a day. */
function diskUsedBytes(node: NodeModel, timeMs: number): number {
	const swing = Math.sin((2 * Math.PI * nodeAgeS(node, timeMs)) / DAY_S);
	return Math.floor((node.diskBytes * (node.diskUsedShare + 0.0025 * swing)) / 4096) * 4096;
}

export function nodeFs(node: NodeModel, timeMs: number): FsStats {
	const used = diskUsedBytes(node, timeMs);
	return fsStats(timeMs, node.diskBytes, used, used);
}

/** Stats of files on the node's disk. Capacity and free space are those of the disk. */
export function onNodeDisk(node: NodeModel, timeMs: number, usedBytes: number): FsStats {
	return fsStats(timeMs, node.diskBytes, diskUsedBytes(node, timeMs), usedBytes);
}

/** Logs are rotated at 10 MiB. */
export function logBytes({logBytesPerSecond, firstStartMs}: ContainerModel, timeMs: number): number {
	return Math.floor(((timeMs - firstStartMs) / 1000) * logBytesPerSecond) % (10 * 2 ** 20);
}

export function ephemeralBytes({containers}: PodModel, timeMs: number): number {
	return containers.reduce((sum, one) => sum + one.rootfsBytes + logBytes(one, timeMs), 28_672);
}

export type VolumeStats = FsStats & {
	readonly name: string;
	readonly pvcRef?: {readonly name: string; readonly namespace: string};
};

/** The kubelet measures volumes once a minute. */
export function volumeStats(
	{pvc, namespace, tokenVolume, startMs, ...pod}: PodModel,
	nowMs: number,
): readonly VolumeStats[] {
	const timeMs = sampleTimeMs(nowMs - (nowMs % 60_000), pod.sampleOffsetMs);
	const token: VolumeStats = {...fsStats(timeMs, 64 * 2 ** 20, 12_288, 12_288), name: tokenVolume};
	if (pvc === undefined) {
		return [token];
	}

	const swing = Math.sin((timeMs - startMs) / 600_000);
	const used = Math.floor((pvc.capacityBytes * (pvc.usedShare + 0.004 * swing)) / 4096) * 4096;
	return [
		{
			...fsStats(timeMs, pvc.capacityBytes, used, used),
			name: pvc.volume,
			pvcRef: {name: pvc.claim, namespace},
		},
		token,
	];
}
