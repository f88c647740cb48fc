import stringWidth from 'fast-string-width';
import {clusterOfRow} from '../metrics/model/cluster-of-row.ts';
import {nodeCapacity} from '../metrics/model/node-capacity.ts';
import {printable} from '../metrics/model/printable.ts';
import {ratio} from '../metrics/model/ratio.ts';
import type {
	ContainerRow,
	NamespaceRow,
	NodeRow,
	PodRow,
	ProblemRow,
	ProcessRow,
	Row,
	TreeRow,
	WorkloadRow,
} from '../metrics/model/row.ts';
import type {PrintedLevel, View} from '../metrics/model/view.ts';
import {time} from './fields.ts';

const UNKNOWN = '<unknown>';

/** kubectl pads every column, including the last, with three spaces. */
const GAP = 3;

/**
 * One level in the format of `kubectl top` (k8s.io/kubectl pkg/metricsutil/metrics_printer.go): millicores rounded up,
 * mebibytes and percentages rounded down, nodes without metrics last. Where several clusters are read, that of a row comes
 * first.
 */
export function formatTable<L extends PrintedLevel>(
	view: Pick<View<L>, 'level' | 'rows'>,
	hasClusters = false,
): string {
	// The level determines the type of the rows, which the compiler cannot infer from a type parameter.
	const {level}: {level: PrintedLevel} = view;
	const rows: readonly Row[] = view.rows.slice();
	const ordered = level === 'nodes' ? measuredFirst(rows as readonly NodeRow[]) : rows;
	const [heading = [], ...lines] = linesOf(level, ordered);
	return align(
		hasClusters
			? [['CLUSTER', ...heading], ...lines.map((line, index) => [clusterText(ordered[index]), ...line])]
			: [heading, ...lines],
	);
}

function linesOf(level: PrintedLevel, rows: readonly Row[]): ReadonlyArray<readonly string[]> {
	switch (level) {
		case 'nodes':
			return nodeTable(rows as readonly NodeRow[]);
		case 'pods':
			return podTable(rows as readonly PodRow[]);
		case 'containers':
			return containerTable(rows as readonly ContainerRow[]);
		case 'namespaces':
			return namespaceTable(rows as readonly NamespaceRow[]);
		case 'workloads':
			return workloadTable(rows as readonly WorkloadRow[]);
		case 'processes':
			return processTable(rows as readonly ProcessRow[]);
		case 'problems':
			return problemTable(rows as readonly ProblemRow[]);
	}
}

function clusterText(row: Row | undefined): string {
	return printable((row && clusterOfRow(row)) ?? UNKNOWN);
}

function measuredFirst(rows: readonly NodeRow[]): readonly NodeRow[] {
	const isMeasured = (row: NodeRow): boolean =>
		row.cpuCores !== undefined || row.memoryWorkingSetBytes !== undefined;
	return [...rows.filter(isMeasured), ...rows.filter(row => !isMeasured(row))];
}

function nodeTable(rows: readonly NodeRow[]): ReadonlyArray<readonly string[]> {
	return [
		['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'],
		...rows.map(row => [
			printable(row.name),
			millicores(row.cpuCores),
			percent(ratio(row.cpuCores, nodeCapacity(row).cpuCores)),
			mebibytes(row.memoryWorkingSetBytes),
			percent(ratio(row.memoryWorkingSetBytes, nodeCapacity(row).memoryBytes)),
		]),
	];
}

function podTable(rows: readonly PodRow[]): ReadonlyArray<readonly string[]> {
	return [
		['NAMESPACE', 'NAME', 'CPU(cores)', 'MEMORY(bytes)'],
		...rows.map(row => [
			printable(row.namespace),
			printable(row.name),
			millicores(row.cpuCores),
			mebibytes(row.memoryWorkingSetBytes),
		]),
	];
}

function containerTable(rows: readonly ContainerRow[]): ReadonlyArray<readonly string[]> {
	return [
		['NAMESPACE', 'POD', 'NAME', 'CPU(cores)', 'MEMORY(bytes)'],
		...rows.map(row => [
			printable(row.pod?.namespace ?? '-'),
			printable(row.pod?.name ?? '-'),
			printable(row.name),
			millicores(row.cpuCores),
			mebibytes(row.memoryWorkingSetBytes),
		]),
	];
}

function namespaceTable(rows: readonly NamespaceRow[]): ReadonlyArray<readonly string[]> {
	return [
		['NAME', 'PODS', 'CPU(cores)', 'MEMORY(bytes)'],
		...rows.map(row => [
			printable(row.name),
			String(row.podCount),
			millicores(row.cpuCores),
			mebibytes(row.memoryWorkingSetBytes),
		]),
	];
}

/** Groups of nodes or pods. */
export function formatGroups(rows: readonly TreeRow[]): string {
	return align([
		['NAME', 'PODS', 'CPU(cores)', 'MEMORY(bytes)'],
		...rows.flatMap(({name, of}) =>
			of.kind === 'group'
				? [
						[
							printable(name),
							of.podCount === undefined ? UNKNOWN : String(of.podCount),
							millicores(of.cpuCores),
							mebibytes(of.memoryWorkingSetBytes),
						],
					]
				: [],
		),
	]);
}

function workloadTable(rows: readonly WorkloadRow[]): ReadonlyArray<readonly string[]> {
	return [
		['NAMESPACE', 'KIND', 'NAME', 'PODS', 'CPU(cores)', 'MEMORY(bytes)'],
		...rows.map(row => [
			printable(row.namespace),
			printable(row.workloadKind ?? UNKNOWN),
			printable(row.name),
			String(row.podCount),
			millicores(row.cpuCores),
			mebibytes(row.memoryWorkingSetBytes),
		]),
	];
}

function processTable(rows: readonly ProcessRow[]): ReadonlyArray<readonly string[]> {
	return [
		['PID', 'USER', 'CPU(cores)', 'RSS(bytes)', 'CONTAINER', 'COMMAND'],
		...rows.map(row => [
			String(row.pid),
			printable(row.user ?? UNKNOWN),
			millicores(row.cpuCores),
			mebibytes(row.memoryRssBytes),
			printable(row.container?.name ?? '-'),
			printable(row.name),
		]),
	];
}

function problemTable(rows: readonly ProblemRow[]): ReadonlyArray<readonly string[]> {
	return [
		['LEVEL', 'REASON', 'WHERE', 'SINCE', 'MESSAGE'],
		...rows.map(({level, reason, name, sinceMs, message}) => [
			level,
			printable(reason),
			printable(name),
			time(sinceMs) ?? UNKNOWN,
			printable(message),
		]),
	];
}

function millicores(cores: number | undefined): string {
	// Rounded to nanocores first, because 0.1 + 0.2 cores would be rounded up to 301m.
	return cores === undefined ? UNKNOWN : `${Math.ceil(Math.round(cores * 1e9) / 1e6)}m`;
}

function mebibytes(bytes: number | undefined): string {
	return bytes === undefined ? UNKNOWN : `${Math.floor(bytes / 2 ** 20)}Mi`;
}

function percent(share: number | undefined): string {
	return share === undefined ? UNKNOWN : `${Math.floor(share * 100)}%`;
}

/** Columns padded to their widest text in terminal cells. */
function align(table: ReadonlyArray<readonly string[]>): string {
	const widths = (table[0] ?? []).map((_heading, column) =>
		table.reduce((widest, line) => Math.max(widest, stringWidth(line[column] ?? '')), 0),
	);
	const padded = (text: string, column: number): string =>
		text + ' '.repeat((widths[column] ?? 0) + GAP - stringWidth(text));
	return table.map(line => `${line.map(padded).join('')}\n`).join('');
}
