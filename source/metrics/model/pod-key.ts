import type {PodReference} from './reading.ts';

/** What tells the pods of a node apart: their uids, and their names where the source has no uids. */
export function podKey({uid, namespace, name}: PodReference): string {
	return uid ?? `${namespace}/${name}`;
}
