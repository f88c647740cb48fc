import type {ContainerInfo} from '../../metrics/model/inventory.ts';
import {printable} from '../../metrics/model/printable.ts';
import type {Subject} from '../../metrics/model/row.ts';
import {lastTermination} from '../../metrics/model/status.ts';
import {isPlain} from './width.ts';

/** An event to mark on the charts of an object. */
export type ChartEvent = {readonly atMs: number; readonly label: string; readonly isTrouble: boolean};

/** The last exit of each container of an object, if the API server reports its time. */
export function eventsOf(row: Subject): readonly ChartEvent[] {
	switch (row.kind) {
		case 'container':
			return row.info === undefined ? [] : exitOf(row.info, '');
		case 'pod':
			return row.info?.containers.flatMap(container => exitOf(container, `${container.name} `)) ?? [];
		case 'tree':
		case 'problem':
			return eventsOf(row.of);
		case 'node':
		case 'namespace':
		case 'group':
		case 'workload':
		case 'process':
		case 'cluster':
			return [];
	}
}

function exitOf(container: ContainerInfo, name: string): readonly ChartEvent[] {
	const ended = container.state.kind === 'terminated' ? container.state : container.lastTermination;
	const reason = lastTermination(container);
	if (ended?.finishedAtMs === undefined || reason === undefined) {
		return [];
	}

	// The exit code is in parentheses, because after the mark it would look like a count.
	const label = printable(`${name}${reason.replace(/ (\d+)$/, ' ($1)')}`);
	return [
		{
			atMs: ended.finishedAtMs,
			// Charts need one cell per character; Kubernetes allows only such names.
			label: isPlain(label) ? label : '',
			isTrouble: ended.exitCode !== 0,
		},
	];
}
