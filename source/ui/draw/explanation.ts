import {columnsWithin} from '../../metrics/columns/columns-within.ts';
import {nameInCluster} from '../../metrics/model/cluster-of-row.ts';
import type {Column, Surroundings} from '../../metrics/model/column.ts';
import type {ContainerInfo} from '../../metrics/model/inventory.ts';
import {failureOf} from '../../metrics/model/node-state.ts';
import {objectOfRow} from '../../metrics/model/object-of-row.ts';
import type {NodeRow, Row} from '../../metrics/model/row.ts';
import {lastTermination} from '../../metrics/model/status.ts';
import type {Cursor, Level, Source} from '../../metrics/model/view.ts';
import {clusterReasons} from '../../metrics/reasons/cluster-reasons.ts';
import {factReasons} from '../../metrics/reasons/fact-reasons.ts';
import {reasonOf} from '../../metrics/reasons/reason.ts';
import {networkUnmeasured} from '../../metrics/reasons/unmeasured.ts';
import {FrozenSource} from '../../metrics/store/frozen-source.ts';
import {describeSums} from '../../metrics/store/pod-usage.ts';
import {statisticsWithin} from '../../metrics/view/statistics-within.ts';
import type {PastFeed} from '../feed.ts';
import {formatDuration, formatInterval, UNKNOWN} from '../format/numbers.ts';
import {widthOf} from '../format/width.ts';
import {wrapText} from '../format/wrap.ts';
import {keptInsteadLines, type PastKind} from './kept-instead.ts';
import {cellOf} from './table/cell.ts';

export type ExplanationOptions = {
	/** The selected row, or the object of a page without a table. */
	readonly row: Row | undefined;
	/** The object of the charts or facts above a table. */
	readonly above: Row | undefined;
	/** The table whose columns are explained if there is no row. */
	readonly level: Level | undefined;
	readonly source: Pick<Source, 'find' | 'cluster' | 'span' | 'statistics'>;
	readonly cursor: Cursor;
	/** The length of the window that statistics cover. */
	readonly windowMs: number;
	readonly hasInventory: boolean;
	/** Whether several clusters are read, which have a column. */
	readonly hasClusters: boolean;
	/** Problems that hide or delay data. */
	readonly notices: readonly string[];
	/** Undefined if no history store is configured. */
	readonly past: PastFeed | undefined;
	readonly nowMs: number;
	readonly width: number;
};

/** An unknown figure and the reason. */
type Missing = readonly [figure: string, reason: string];

/** The text of key `e`: why figures are unknown, first those of the selected row, then what each column means. */
export function explanationText(options: ExplanationOptions): readonly string[] {
	const {row, above, level, nowMs, width, notices} = options;
	const columns = columnsFor(row, level, options);
	const missing = row === undefined ? [] : missingOf(row, options);
	const known = (column: Column<Row>): boolean => row === undefined || column.value(row, nowMs) !== undefined;
	return [
		...wrapText(row === undefined ? 'No row is selected' : nameInCluster(row), width, 2),
		...(row === undefined ? [] : failureLines(row, options)),
		...stateOf(row).flatMap(line => wrapText(line, width, 4, '  ')),
		...(row === undefined ? [] : olderRest(row, options)).flatMap(line => wrapText(line, width, 4, '  ')),
		...notices.flatMap(notice => wrapText(notice, width, 4, '  ')),
		...section(`Unknown (${UNKNOWN})`, reasonLines(missing, width), width),
		...(above === undefined
			? []
			: section(
					`Unknown for ${nameInCluster(above)} above`,
					reasonLines(missingOf(above, options), width),
					width,
				)),
		...section(
			'Unknown in the header',
			reasonLines(clusterReasons(options.source.cluster(options.cursor, nowMs), options.hasInventory), width),
			width,
		),
		...section(
			'History',
			pastKindsOf([row, above])
				.flatMap(kind => keptInsteadLines(options.past, kind).map(line => `${kind}: ${line}`))
				.flatMap(line => wrapText(line, width, 4, '  ')),
			width,
		),
		...section(
			'Columns',
			columnLines(
				[...columns].sort((one, other) => Number(known(one)) - Number(known(other))),
				options,
			),
			width,
		),
		...section(
			'Elsewhere on the screen',
			outsideColumns(options.windowMs).flatMap(text => wrapText(text, width, 4, '  ')),
			width,
		),
	];
}

const outsideColumns = (windowMs: number): readonly string[] => [
	'Sparklines: CPU, memory and network over the window in their heading (t changes it), with gaps where there was no sample. CPU and memory of a node are scaled to its capacity (/cap), all others to their highest value (/max).',
	'▲ and ▼ after a figure (^ and v in ASCII): it moved by a tenth or more since the sample before.',
	`Statistics (CPUMIN to MEMXS, which u shows): of the samples of the last ${formatInterval(windowMs)}, up to the time cursor. Of sums of pods they are of the moments at which all of their nodes were read.`,
	'min, mean, p95 and max in the title of a wide chart: the same for CPU and memory, and of the points of the window for other series; of two lines, of the first.',
	'* after SOURCE: ktop tried a better route to this node and it failed; e on its row shows the reason.',
	'req and lim in the header of a wide screen: the requests and limits of all pods as a share of the allocatable resources of all nodes.',
];

function section(title: string, lines: readonly string[], width: number): readonly string[] {
	return lines.length === 0 ? [] : ['', ...wrapText(`${title}:`, width, 2), ...lines];
}

/** The kinds of the rows, each once; the cluster if there is no row. */
function pastKindsOf(rows: ReadonlyArray<Row | undefined>): readonly PastKind[] {
	const kinds = rows.flatMap(row => {
		const kind = row && objectOfRow(row).kind;
		return kind === undefined || kind === 'workload' || kind === 'group' || kind === 'process' ? [] : [kind];
	});
	return kinds.length === 0 ? ['cluster'] : [...new Set(kinds)];
}

/** The columns of a row's table; without a row, of the level's. */
function columnsFor(
	row: Row | undefined,
	level: Level | undefined,
	{source, windowMs, cursor, hasClusters}: ExplanationOptions,
): ReadonlyArray<Column<Row>> {
	return columnsWithin(
		row === undefined ? (level ?? 'nodes') : LEVEL_OF[row.kind],
		statisticsWithin(source, windowMs, cursor),
	).filter(({needsClusters}) => hasClusters || needsClusters !== true);
}

const LEVEL_OF: Readonly<Record<Row['kind'], Level>> = {
	node: 'nodes',
	pod: 'pods',
	container: 'containers',
	namespace: 'namespaces',
	workload: 'workloads',
	group: 'tree',
	tree: 'tree',
	process: 'processes',
	problem: 'problems',
};

function missingOf(row: Row, options: ExplanationOptions): readonly Missing[] {
	const around = surroundingsOf(row, options);
	return [
		...columnsFor(row, undefined, options).flatMap((column): readonly Missing[] =>
			column.value(row, options.nowMs) === undefined ? [[column.heading, reasonOf(column, row, around)]] : [],
		),
		...(row.kind === 'tree' || row.kind === 'problem' ? [] : factReasons(row, around)),
		...trafficOfPod(row, options),
	];
}

/** Containers share the network of their pod, so the page of a container shows the pod's traffic. */
function trafficOfPod(row: Row, options: ExplanationOptions): readonly Missing[] {
	if (row.kind !== 'container' || row.pod === undefined) {
		return [];
	}

	const podId = row.id.slice(0, -row.name.length - 1);
	const pod = options.source.find('pods', podId, options.cursor, options.nowMs);
	return pod === undefined || pod.rxBytesPerSecond !== undefined
		? []
		: [['NET of its pod', networkUnmeasured(pod, surroundingsOf(pod, options))]];
}

function surroundingsOf(row: Row, options: ExplanationOptions): Surroundings {
	const {source, cursor, hasInventory, nowMs} = options;
	const span = source.span();
	return {
		node: nodeOf(row, options),
		isPast: cursor !== 'live' && !(source instanceof FrozenSource),
		hasInventory,
		nowMs,
		watchedMs: span === undefined ? 0 : span.newestMs - span.oldestMs,
	};
}

/** The node of a row; undefined for namespaces. */
function nodeOf(row: Row, options: ExplanationOptions): NodeRow | undefined {
	switch (row.kind) {
		case 'node':
			return row;
		case 'pod':
		case 'container':
		case 'process':
			return options.source.find('nodes', row.nodeId, options.cursor, options.nowMs);
		case 'namespace':
		case 'group':
		case 'workload':
			return undefined;
		case 'tree':
		case 'problem':
			return nodeOf(row.of, options);
	}
}

/** One entry per reason, with all figures that are unknown for it. */
function reasonLines(missing: readonly Missing[], width: number): readonly string[] {
	const figures = new Map<string, string[]>();
	for (const [figure, reason] of missing) {
		figures.set(reason, [...(figures.get(reason) ?? []), figure]);
	}

	return [...figures].flatMap(([reason, names]) =>
		wrapText(`${names.join(', ')}: ${reason}`, width, 4, `  ${UNKNOWN} `),
	);
}

/** On a narrower screen, headings, values and explanations are one text instead of columns. */
const COLUMNS_MIN_WIDTH = 60;

/** A longer value gets its own lines. */
const VALUE_CELLS = 8;

function columnLines(
	columns: ReadonlyArray<Column<Row>>,
	{row, nowMs, width}: ExplanationOptions,
): readonly string[] {
	const headingCells = Math.max(...columns.map(({heading}) => widthOf(heading)), 0) + 2;
	const padded = (text: string, cells: number): string =>
		text + ' '.repeat(Math.max(cells - widthOf(text), 0));
	return columns.flatMap(column => {
		const {heading, explanation} = column;
		const value = row === undefined ? '' : cellOf(column, row, nowMs).text;
		if (width < COLUMNS_MIN_WIDTH) {
			return wrapText(`${heading}${value === '' ? '' : ` ${value}`}: ${explanation}`, width, 4, '  ');
		}

		const start = `  ${padded(heading, headingCells)}`;
		const indent = widthOf(start) + VALUE_CELLS + 1;
		return widthOf(value) <= VALUE_CELLS
			? wrapText(explanation, width, indent, `${start}${padded(value, VALUE_CELLS + 1)}`)
			: [...wrapText(value, width, widthOf(start), start), ...wrapText(explanation, width, indent)];
	});
}

/** Why scraping the row's node failed, or why a better route did, and the fix. */
function failureLines(row: Row, options: ExplanationOptions): readonly string[] {
	const node = nodeOf(row, options);
	const failure = node && failureOf(node.state);
	if (failure === undefined) {
		return [];
	}

	const {brief, message, hint, code} = failure;
	return [
		...wrapText(node?.id === row.id ? brief : `node ${node?.name}: ${brief}`, options.width, 2),
		...wrapText(message, options.width, 2),
		...wrapText(hint, options.width, 4, '  → '),
		...wrapText(`ktop explain ${code} says more`, options.width, 4, '  → '),
	];
}

/** What is older than CPU and memory, since the node's row was off the screen and a round took too long. */
function olderRest(row: Row, options: ExplanationOptions): readonly string[] {
	const {node, isPast} = surroundingsOf(row, options);
	return node?.restReceivedAtMs === undefined || isPast
		? []
		: [
				`network, disks and volumes were read ${formatDuration(Math.max(options.nowMs - node.restReceivedAtMs, 0))} ago, CPU and memory since`,
			];
}

/** The state of the row in the API server that is too long for a column. */
function stateOf(row: Row | undefined): readonly string[] {
	switch (row?.kind) {
		case 'node':
			return (row.info?.problems ?? []).map(
				({type, status, reason, message}) =>
					`${type} is ${status}${reason === undefined ? '' : `: ${reason}`}${message === undefined ? '' : ` (${message})`}`,
			);
		case 'pod': {
			const {info} = row;
			const why = info?.message === undefined ? [] : [`${info.reason}: ${info.message}`];
			const sums = describeSums(row.summed);
			return [
				...why,
				...(sums === undefined ? [] : [sums]),
				...(info?.containers.flatMap(describeContainer) ?? []),
			];
		}

		case 'container':
			return row.info === undefined ? [] : describeContainer(row.info);
		case 'tree':
		case 'problem':
			return stateOf(row.of);
		default:
			return [];
	}
}

/** `main waiting: CrashLoopBackOff; last exit Error 1`; nothing for a container that runs and never ended. */
function describeContainer(container: ContainerInfo): readonly string[] {
	const {name, state} = container;
	const ended = lastTermination(container);
	const now =
		state.kind === 'waiting'
			? `waiting: ${state.reason ?? 'no reason given'}${state.message === undefined ? '' : ` (${state.message})`}`
			: state.kind === 'terminated'
				? 'terminated'
				: state.kind === 'running'
					? 'running'
					: 'never started';
	return state.kind === 'running' && ended === undefined
		? []
		: [`${name} ${now}${ended === undefined ? '' : `; last exit ${ended}`}`];
}
