import {columnsOf} from '../../metrics/columns/columns.ts';
import {nameInCluster} from '../../metrics/model/cluster-of-row.ts';
import type {Column} from '../../metrics/model/column.ts';
import {printable} from '../../metrics/model/printable.ts';
import {ratio} from '../../metrics/model/ratio.ts';
import type {ClusterRow, Row, Subject} from '../../metrics/model/row.ts';
import type {View} from '../../metrics/model/view.ts';
import type {FilterAdvice} from '../../metrics/view/filter-advice.ts';
import {keyName} from '../draw/map/map-lines.ts';
import {cellOf, formatValue} from '../draw/table/cell.ts';
import {formatBytes, formatCores, formatPercent} from '../format/numbers.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {selectedIndex} from '../state/selection.ts';
import type {ShownMap} from './shown-map.ts';
import {filterAdviceOf} from './vocabulary.ts';

export type SpokenOptions = {
	readonly label: string;
	readonly state: ScreenState;
	readonly view: View | undefined;
	/** The rows as a map, if that is their form. */
	readonly map: ShownMap | undefined;
	/** The object of a page without a table. */
	readonly subject: Subject | undefined;
	readonly cluster: ClusterRow;
	readonly overlay: readonly string[];
	readonly notice: string | undefined;
	readonly nowMs: number;
};

/** The screen as sentences for a screen reader: messages, the selected row with its figures, and the cluster. */
export function spokenLines({
	label,
	state,
	view,
	map,
	subject,
	cluster,
	overlay,
	notice,
	nowMs,
}: SpokenOptions): readonly string[] {
	const {mode} = state;
	const page = currentPage(state);
	const index = view === undefined ? 0 : selectedIndex(page, view.rows);
	const row = view === undefined ? subject : view.rows.at(index);
	const place = page.subject === undefined ? '' : ` in ${printable(page.subject.name)}`;
	const table =
		view === undefined
			? `Page of ${printable(page.subject?.name ?? '')}.`
			: `${view.level}${place}, ${map === undefined ? `sorted by ${page.sort.column}, row` : 'cell'} ${Math.min(index + 1, view.rows.length)} of ${view.rows.length}.`;
	return [
		`ktop, ${printable(label)}.`,
		...(notice === undefined ? [] : [printable(notice)]),
		...(mode.kind === 'filter' ? [describeFilter(mode.line.text, filterAdviceOf(state, view))] : []),
		table,
		...(map === undefined ? [] : [describeMap(map)]),
		...(row === undefined || row.kind === 'cluster' ? [] : [describeRow(row, view, state, nowMs)]),
		...overlay.map(printable),
		// After the answer to the key, because it changes with each sample.
		describeCluster(cluster),
		'Arrows move, Enter opens, Escape goes back, slash filters, question mark lists all keys, q quits.',
	];
}

/** A map in words: each group with its mean and maximum, and its problems. */
function describeMap({figures, grouped}: ShownMap): string {
	const {column} = figures;
	const groups = grouped.groups.map(({name, count}, index) => {
		const {mean, most, troubled = 0} = figures.groups[index] ?? {};
		const known =
			mean === undefined || most === undefined
				? 'unknown'
				: `mean ${formatValue(column.unit, mean)}, most ${formatValue(column.unit, most)}`;
		const label = grouped.by === undefined ? 'all' : printable(name ?? `no ${keyName(grouped.by)}`);
		return `${label}: ${count}, ${known}${troubled === 0 ? '' : `, ${troubled} not ready`}`;
	});
	const by = grouped.by === undefined ? '' : ` by ${keyName(grouped.by)}`;
	return `Map of ${column.fullHeading ?? column.heading}${by}. ${groups.join('; ')}.`;
}

function describeFilter(text: string, advice: FilterAdvice): string {
	return advice.kind === 'ok' ? `Filter: ${text}` : `Filter: ${text}. ${printable(advice.message)}`;
}

function describeCluster(cluster: ClusterRow): string {
	const {nodes, nodesRead, pods, cpuCores, memoryWorkingSetBytes} = cluster;
	const share = (part: number | undefined, whole: number | undefined): string => {
		const used = ratio(part, whole);
		return used === undefined ? '' : `, ${formatPercent(used)}`;
	};
	const cpu = cpuCores === undefined ? 'unknown' : `${formatCores(cpuCores)} cores`;
	const memory = memoryWorkingSetBytes === undefined ? 'unknown' : formatBytes(memoryWorkingSetBytes);
	return `${nodesRead} of ${nodes} ${nodes === 1 ? 'node' : 'nodes'} read${pods === undefined ? '' : `, ${pods} pods`}. CPU ${cpu}${share(cpuCores, cluster.cpuCapacityCores)}. Memory ${memory}${share(memoryWorkingSetBytes, cluster.memoryCapacityBytes)}.`;
}

/** The known figures of a row. Without a view, the page is that of a container. */
function describeRow(row: Row, view: View | undefined, {hasStatistics}: ScreenState, nowMs: number): string {
	// The columns of a view accept its rows.
	const columns: ReadonlyArray<Column<Row>> = view?.columns ?? columnsOf('containers');
	const figures = columns.flatMap(column =>
		column.unit === 'name' ||
		(column.ofWindow !== undefined && !hasStatistics) ||
		column.value(row, nowMs) === undefined
			? []
			: [`${column.heading} ${cellOf(column, row, nowMs).text}`],
	);
	return `${printable(nameInCluster(row))}: ${figures.join(', ')}.`;
}
