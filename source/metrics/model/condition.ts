import type {ContainerInfo} from './inventory.ts';
import {isFinished} from './inventory.ts';
import {lastingContainers} from './pod-limits.ts';
import type {ObjectRow} from './row.ts';

/**
 * What the API server says of a row's object, whatever it uses: `troubled` is not ready, under pressure or waiting, `ended`
 * has done its work. Undefined: all is well, or nothing is known.
 */
export type Condition = 'troubled' | 'ended' | undefined;

export function conditionOf(row: ObjectRow): Condition {
	switch (row.kind) {
		case 'node':
			return row.info !== undefined && (row.info.readiness !== 'Ready' || row.info.problems.length > 0)
				? 'troubled'
				: undefined;
		case 'pod': {
			const {info} = row;
			if (info === undefined) {
				return undefined;
			}

			return isFinished(info)
				? info.phase === 'Succeeded'
					? 'ended'
					: 'troubled'
				: info.phase !== 'Running' || lastingContainers(info.containers).some(({isReady}) => !isReady)
					? 'troubled'
					: undefined;
		}

		case 'container':
			return row.info && conditionOfContainer(row.info);
		case 'workload':
			return row.ready !== undefined && row.ready.pods < (row.wantedPods ?? row.ready.of)
				? 'troubled'
				: undefined;
		case 'group':
		case 'namespace':
		case 'process':
			return undefined;
	}
}

function conditionOfContainer(info: ContainerInfo): Condition {
	switch (info.state.kind) {
		case 'waiting':
			return 'troubled';
		case 'terminated':
			return info.state.exitCode === 0 ? 'ended' : 'troubled';
		case 'running':
			// An init container is never ready while it runs.
			return info.isReady || lastingContainers([info]).length === 0 ? undefined : 'troubled';
		case 'unknown':
			return undefined;
	}
}
