import type {ClusterModel} from '../model/cluster.ts';

/** Before the cluster's birth, so that it is always past, and after the start of every pod (10 minutes before). */
const BEFORE_BIRTH_MS = 300_000;

/** Since when the node with the kubelet that hangs counts as lost; undefined for all others. */
export function lostMs({faults, bornMs}: ClusterModel, node: string): number | undefined {
	return faults.get(node) === 'hung' ? bornMs - BEFORE_BIRTH_MS : undefined;
}

/** `10.64.x.y`, another one for each node. */
export function internalIp(index: number): string {
	return `10.64.${(index + 1) >> 8}.${(index + 1) & 255}`;
}
