import {podKey} from './pod-key.ts';
import type {ContainerReading} from './reading.ts';

/** What tells the containers of a node apart: their pod and name, and the id of those in no pod. */
export function containerKey({pod, id, name}: Pick<ContainerReading, 'pod' | 'id' | 'name'>): string {
	return pod === undefined ? id : `${podKey(pod)}/${name}`;
}
