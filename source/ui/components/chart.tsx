import {Box} from 'ink';
import {chartLine} from '../draw/chart-line.ts';
import {chartLines} from '../draw/chart-lines.ts';
import type {ChartReadingOptions} from '../draw/chart-reading.ts';
import {LOW_CHART} from '../format/chart-grid.ts';
import type {ChartKind} from '../format/chart-kinds.ts';
import {Lines} from './lines.tsx';

export type ChartProps = {
	readonly kind: ChartKind;
	readonly options: ChartReadingOptions;
	readonly width: number;
	readonly height: number;
};

/** One chart: drawn, or on one line if there is no room. */
export function Chart({kind, options, width, height}: ChartProps) {
	const lines =
		height === LOW_CHART ? [chartLine(kind, options, width)] : chartLines(kind, options, {width, height});
	return (
		<Box width={width} flexShrink={0}>
			<Lines lines={lines} height={height} />
		</Box>
	);
}
