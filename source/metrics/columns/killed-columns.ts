import type {Column} from '../model/column.ts';
import type {ContainerInfo} from '../model/inventory.ts';
import {killedForMemory} from '../model/killed-for-memory.ts';
import type {Row} from '../model/row.ts';
import {unlisted} from '../reasons/unlisted.ts';
import {text} from './column-kinds.ts';

/** Containers that were OOM-killed. */

const notKilled = unlisted('none was OOM-killed');

export const killed = <R extends Row>(
	explanation: string,
	containers: (row: R) => readonly ContainerInfo[],
): Column<R> =>
	text('oom', ['OOM', 'OUT OF MEMORY'], explanation, row => namesOf(containers(row)), notKilled);

function namesOf(containers: readonly ContainerInfo[]): string | undefined {
	const killed = killedForMemory(containers);
	return killed.length === 0 ? undefined : killed.map(({name}) => name).join(',');
}
