import type {ContainerInfo} from '../../../metrics/model/inventory.ts';
import {lastTermination} from '../../../metrics/model/status.ts';
import {HIGH, WRONG} from './fact.ts';

/** One that waits is wrong; one that was killed for its memory may be again. */
export function troubleOf(container: ContainerInfo): number | undefined {
	if (container.state.kind === 'waiting') {
		return WRONG;
	}

	return lastTermination(container)?.startsWith('OOMKilled') ? HIGH : undefined;
}
