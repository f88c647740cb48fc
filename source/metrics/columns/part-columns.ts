import type {Column} from '../model/column.ts';
import type {DiskUsage, NodeRow} from '../model/row.ts';
import {firstOf} from '../reasons/reason.ts';
import {unmeasured, whyNoRate, whyNotInSummary} from '../reasons/unmeasured.ts';
import {share, text} from './column-kinds.ts';

const noDisks = unmeasured(
	firstOf(
		whyNotInSummary(['node']),
		row =>
			row.kind === 'node' && row.disks === undefined
				? 'the samples of the node contain no disk that was used'
				: undefined,
		whyNoRate,
	),
);

const notApart = unmeasured(
	firstOf(whyNotInSummary(['node']), 'the samples of the node do not tell them apart'),
);

/** The disks of a node together, and its disks, interfaces and cores one by one as text for CSV. */
export const parts: ReadonlyArray<Column<NodeRow>> = [
	{
		id: 'disk-read',
		heading: 'DISKR',
		fullHeading: 'DISK READ',
		unit: 'bytesPerSecond',
		explanation: 'Bytes read per second from all of its disks: of this machine and of cAdvisor.',
		value: row => sum(row.disks, disk => disk.readBytesPerSecond),
		why: noDisks,
	},
	{
		id: 'disk-written',
		heading: 'DISKW',
		fullHeading: 'DISK WRITTEN',
		unit: 'bytesPerSecond',
		explanation: 'Bytes written per second to all of its disks: of this machine and of cAdvisor.',
		value: row => sum(row.disks, disk => disk.writtenBytesPerSecond),
		why: noDisks,
	},
	share(
		'disk%',
		['DISK%', 'BUSIEST DISK %'],
		'The busiest disk: the share of time in which it had requests to answer. A disk that answers many at once can do more at 100 %.',
		row => busiest(row.disks),
		noDisks,
	),
	text(
		'disks',
		'DISKS',
		'Each disk: its name, and bytes read and written per second.',
		row =>
			listed(row.disks, ({name, readBytesPerSecond, writtenBytesPerSecond}) => [
				name,
				readBytesPerSecond,
				writtenBytesPerSecond,
			]),
		noDisks,
	),
	text(
		'interfaces',
		'INTERFACES',
		'Each network interface: its name, and bytes received and sent per second.',
		row =>
			listed(row.interfaces, ({name, rxBytesPerSecond, txBytesPerSecond}) => [
				name,
				rxBytesPerSecond,
				txBytesPerSecond,
			]),
		notApart,
	),
	text(
		'cores',
		'CORES',
		'Each core: its number, and the percent of time in which it was busy.',
		row =>
			listed(row.cores, ({name, busyRatio}) => [name, busyRatio === undefined ? undefined : busyRatio * 100]),
		notApart,
	),
];

/** Unknown where one is: the sum of the others would look like the whole. */
function sum(
	disks: readonly DiskUsage[] | undefined,
	figure: (disk: DiskUsage) => number | undefined,
): number | undefined {
	return disks?.reduce<number | undefined>((total, disk) => {
		const value = figure(disk);
		return total === undefined || value === undefined ? undefined : total + value;
	}, 0);
}

function busiest(disks: readonly DiskUsage[] | undefined): number | undefined {
	const known = disks?.flatMap(({busyRatio}) => busyRatio ?? []) ?? [];
	return known.length === 0 ? undefined : Math.max(...known);
}

/** `eth0 1200 300; eth1 0 0`, with `-` for what is unknown. */
function listed<Part>(
	all: readonly Part[] | undefined,
	fieldsOf: (part: Part) => readonly [string, ...(number | undefined)[]],
): string | undefined {
	return all
		?.map(part => {
			const [name, ...figures] = fieldsOf(part);
			return [name, ...figures.map(figure => (figure === undefined ? '-' : Math.round(figure)))].join(' ');
		})
		.join('; ');
}
