import type {ContainerInfo} from './inventory.ts';
import {lastTermination} from './status.ts';

/** The containers that the kernel killed for want of memory, the last time they ended. */
export function killedForMemory(containers: readonly ContainerInfo[]): readonly ContainerInfo[] {
	return containers.filter(container => lastTermination(container)?.startsWith('OOMKilled'));
}
