import type {SeriesName} from '../model/row.ts';
import type {Level} from '../model/view.ts';
import {columnsOf, layoutOf} from './columns.ts';

/** A column, and the series that has its past. */
export type Charted = {readonly id: string; readonly series: SeriesName};

const CHARTED: readonly Charted[] = [
	{id: 'cpu', series: 'cpuCores'},
	{id: 'memory', series: 'memoryWorkingSetBytes'},
	{id: 'rss', series: 'memoryRssBytes'},
	{id: 'net-received', series: 'rxBytesPerSecond'},
	{id: 'net-sent', series: 'txBytesPerSecond'},
	{id: 'fs%', series: 'filesystemUsedBytes'},
	{id: 'throttled', series: 'throttledRatio'},
];

/** What charts of the rows of a level can show, the most important first; none where rows have no past. */
export function chartedColumns(level: Level): readonly Charted[] {
	const {measures, statistics} = layoutOf(level);
	return measures.length === 0 || statistics.length === 0
		? []
		: CHARTED.filter(({id}) => columnsOf(level).some(column => column.id === id));
}

/** What charts show of rows that are sorted by a column: its past, or that of the figure it is a part of. */
export function chartedBy(sortedBy: string): string | undefined {
	return CHARTED.find(({id}) => sortedBy === id || /^[%-]/.test(startingWith(id, sortedBy)))?.id;
}

/** What follows a beginning of a text; empty if it does not begin so. */
function startingWith(beginning: string, text: string): string {
	return text.startsWith(beginning) ? text.slice(beginning.length) : '';
}
