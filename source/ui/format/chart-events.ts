import type {ContainerInfo} from '../../metrics/model/inventory.ts';
import {printable} from '../../metrics/model/printable.ts';
import type {Subject} from '../../metrics/model/row.ts';
import {lastTermination} from '../../metrics/model/status.ts';
import {isPlain} from './width.ts';

/** What happened to an object at a moment, to be marked on its charts. */
export type ChartEvent = {readonly atMs: number; readonly label: string; readonly isTrouble: boolean};

/** The last end of each container that an object is or has, as far as the API server told when that was. */
export function eventsOf(row: Subject): readonly ChartEvent[] {
	switch (row.kind) {
		case 'container':
			return row.info === undefined ? [] : endOf(row.info, '');
		case 'pod':
			return row.info?.containers.flatMap(container => endOf(container, `${container.name} `)) ?? [];
		case 'tree':
			return eventsOf(row.of);
		case 'node':
		case 'namespace':
		case 'cluster':
			return [];
	}
}

function endOf(container: ContainerInfo, name: string): readonly ChartEvent[] {
	const ended = container.state.kind === 'terminated' ? container.state : container.lastTermination;
	const reason = lastTermination(container);
	if (ended?.finishedAtMs === undefined || reason === undefined) {
		return [];
	}

	// The code in parentheses: beside the mark it would read as how often.
	const label = printable(`${name}${reason.replace(/ (\d+)$/, ' ($1)')}`);
	return [
		{
			atMs: ended.finishedAtMs,
			// A chart has a character a cell; no cluster calls a container otherwise.
			label: isPlain(label) ? label : '',
			isTrouble: ended.exitCode !== 0,
		},
	];
}
