import {clusterOfRow} from '../model/cluster-of-row.ts';
import type {Row} from '../model/row.ts';
import {compareNatural} from './natural-order.ts';

/**
 * Compares rows by namespace, pod, name and cluster. Rows that have these in common, as a pod that was moved, by their
 * ids.
 */
export function compareIdentity(a: Row, b: Row): number {
	return compareNatural(namespaceOf(a), namespaceOf(b)) || compareInNamespace(a, b);
}

/** The same of rows in one namespace. */
export function compareInNamespace(a: Row, b: Row): number {
	return (
		compareNatural(podOf(a), podOf(b)) ||
		compareNatural(a.name, b.name) ||
		compareNatural(clusterOfRow(a) ?? '', clusterOfRow(b) ?? '') ||
		compareIds(a.id, b.id)
	);
}

function compareIds(a: string, b: string): number {
	return a === b ? 0 : a < b ? -1 : 1;
}

/** Empty for rows in no namespace. */
export function namespaceOf(row: Row): string {
	switch (row.kind) {
		case 'pod':
		case 'workload':
			return row.namespace;
		case 'container':
			return row.pod?.namespace ?? '';
		case 'problem':
			return row.namespace ?? '';
		case 'tree':
			return namespaceOf(row.of);
		default:
			return '';
	}
}

function podOf(row: Row): string {
	switch (row.kind) {
		case 'container':
			return row.pod?.name ?? '';
		case 'problem':
			return row.pod ?? '';
		case 'tree':
			return podOf(row.of);
		default:
			return '';
	}
}
