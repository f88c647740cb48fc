import type {ContainerInfo} from '../../../metrics/model/inventory.ts';
import {lastTermination} from '../../../metrics/model/status.ts';
import {CRITICAL, HIGH} from './fact.ts';

/** The share that sorts a container among the facts: waiting is critical, an OOM kill is high. */
export function urgencyOf(container: ContainerInfo): number | undefined {
	if (container.state.kind === 'waiting') {
		return CRITICAL;
	}

	return lastTermination(container)?.startsWith('OOMKilled') ? HIGH : undefined;
}
