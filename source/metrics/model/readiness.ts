import type {ContainerInfo} from './inventory.ts';
import {lastingContainers} from './pod-limits.ts';

/** `1/2`: containers that are ready of those that are meant to be. */
export function readiness(containers: readonly ContainerInfo[]): string {
	const meant = lastingContainers(containers);
	return `${meant.filter(({isReady}) => isReady).length}/${meant.length}`;
}
