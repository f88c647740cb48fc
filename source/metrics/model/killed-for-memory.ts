import type {ContainerInfo} from './inventory.ts';
import {lastTermination} from './status.ts';

/** The containers that were OOM-killed when they last ended. */
export function killedForMemory(containers: readonly ContainerInfo[]): readonly ContainerInfo[] {
	return containers.filter(container => lastTermination(container)?.startsWith('OOMKilled'));
}
