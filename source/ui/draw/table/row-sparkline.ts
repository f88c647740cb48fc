import {objectOfRow} from '../../../metrics/model/object-of-row.ts';
import type {NodeRow, Row, SeriesName} from '../../../metrics/model/row.ts';
import type {Level} from '../../../metrics/model/view.ts';
import {scaleOf, sparkline} from '../../format/sparkline.ts';
import type {Theme} from '../../theme/theme.ts';

/** The minimum value of a sparkline's full height, so that idle objects look idle. */
const MIN_SCALE: Readonly<Record<SeriesName, number>> = {
	cpuCores: 0.02,
	memoryWorkingSetBytes: 2 ** 20,
	memoryRssBytes: 2 ** 20,
	rxBytesPerSecond: 1000,
	txBytesPerSecond: 1000,
	filesystemUsedBytes: 2 ** 20,
	throttledRatio: 0.01,
};

export function rowSparkline(row: Row, series: SeriesName, values: Float64Array, theme: Theme): string {
	return sparkline(values, scaleFor(row, series, values), theme.symbols);
}

/** CPU and memory of a node are scaled to its capacity, all other series to their highest value. */
function scaleFor(row: Row, series: SeriesName, values: Float64Array): number {
	const node = objectOfRow(row);
	const capacity = node.kind === 'node' ? capacityOf(node, series) : undefined;
	return capacity ?? scaleOf(values, MIN_SCALE[series]);
}

/** What the full height of a table's sparklines means, long and short. */
export function scaleName(level: Level, series: SeriesName): readonly [string, string] {
	const hasCapacity = series === 'cpuCores' || series === 'memoryWorkingSetBytes';
	return hasCapacity && level === 'nodes'
		? ['to capacity', '/cap']
		: hasCapacity && level === 'tree'
			? ['each to its own scale', '/own']
			: ['each to its highest', '/max'];
}

function capacityOf(row: NodeRow, series: SeriesName): number | undefined {
	switch (series) {
		case 'cpuCores':
			return row.cpuCapacityCores;
		case 'memoryWorkingSetBytes':
			return row.memoryCapacityBytes;
		default:
			return undefined;
	}
}
