import {expect, test} from 'vitest';
import {columnsOf} from '../../../../source/metrics/columns/columns.ts';
import type {Column} from '../../../../source/metrics/model/column.ts';
import type {PodRow, Row} from '../../../../source/metrics/model/row.ts';
import {movementOf} from '../../../../source/ui/draw/table/movement.ts';
import {nodeRow, podRow} from '../../../metrics/rows.ts';

const COLUMNS: ReadonlyArray<Column<Row>> = columnsOf('pods');
const columnOf = (id: string): Column<Row> => {
	const column = COLUMNS.find(known => known.id === id);
	expect(column).toBeDefined();
	return column ?? {id, heading: id, unit: 'text', explanation: '', value: () => undefined};
};
const MI = 2 ** 20;

const CASES: ReadonlyArray<readonly [string, string, Partial<PodRow>, Partial<PodRow>, string | undefined]> =
	[
		['a rise of a tenth', 'cpu', {cpuCores: 1}, {cpuCores: 1.2}, 'up'],
		['a fall of a tenth', 'cpu', {cpuCores: 1.2}, {cpuCores: 1}, 'down'],
		['a smaller share', 'cpu', {cpuCores: 1}, {cpuCores: 1.05}, undefined],
		['the noise of an idle pod', 'cpu', {cpuCores: 0.001}, {cpuCores: 0.005}, undefined],
		['no change', 'memory', {memoryWorkingSetBytes: MI}, {memoryWorkingSetBytes: MI}, undefined],
		['memory that doubled', 'memory', {memoryWorkingSetBytes: MI}, {memoryWorkingSetBytes: 2 * MI}, 'up'],
		['traffic that ended', 'net-received', {rxBytesPerSecond: 5000}, {rxBytesPerSecond: 0}, 'down'],
		['a figure that was unknown', 'cpu', {cpuCores: undefined}, {cpuCores: 1}, undefined],
		['a figure that is unknown now', 'cpu', {cpuCores: 1}, {cpuCores: undefined}, undefined],
		['a text', 'node', {node: 'a'}, {node: 'b'}, undefined],
	];

test.each(CASES)('%s in %s', (_name, id, before, after, movement) => {
	expect(movementOf(columnOf(id), podRow('p', after), podRow('p', before))).toBe(movement);
});

test('rows of two kinds are not compared', () => {
	expect(movementOf(columnOf('cpu'), podRow('p', {cpuCores: 2}), nodeRow('p'))).toBeUndefined();
});
