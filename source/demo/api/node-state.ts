import type {ClusterModel} from '../model/cluster.ts';

/** After the start of every pod, which is at least 10 minutes before `bornMs`. */
const BEFORE_BIRTH_MS = 300_000;

/** When the node with the hung kubelet was lost; undefined for all others. */
export function lostMs({faults, bornMs}: ClusterModel, node: string): number | undefined {
	return faults.get(node) === 'hung' ? bornMs - BEFORE_BIRTH_MS : undefined;
}

/** `10.64.x.y`, unique for each node. */
export function internalIp(index: number): string {
	return `10.64.${(index + 1) >> 8}.${(index + 1) & 255}`;
}
