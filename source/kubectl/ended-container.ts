import type {ContainerInfo} from '../metrics/model/inventory.ts';
import type {Row} from '../metrics/model/row.ts';

/** A container that has ended. */
export type EndedContainer = {
	readonly name: string;
	/** Whether a newer instance has taken its place, so that its logs are the previous ones. */
	readonly isPrevious: boolean;
};

/** The container of a row that ended last, or the container itself; undefined if none has ended. */
export function endedContainer(row: Row): EndedContainer | undefined {
	switch (row.kind) {
		case 'tree':
		case 'problem':
			return endedContainer(row.of);
		case 'container':
			return row.info && endOf(row.info);
		case 'pod':
			return row.info?.containers
				.flatMap(container => endOf(container) ?? [])
				.sort((one, other) => other.atMs - one.atMs)[0];
		case 'node':
		case 'namespace':
		case 'group':
		case 'workload':
		case 'process':
			return undefined;
	}
}

function endOf({
	name,
	lastTermination,
	state,
}: ContainerInfo): (EndedContainer & {readonly atMs: number}) | undefined {
	if (state.kind === 'terminated') {
		return {name, isPrevious: false, atMs: state.finishedAtMs ?? 0};
	}

	return lastTermination && {name, isPrevious: true, atMs: lastTermination.finishedAtMs ?? 0};
}
