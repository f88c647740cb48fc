import {fullestVolume, fullness, inodeRatio, memoryLeft} from '../../metrics/insight-columns.ts';
import type {ContainerInfo, ResourceAmounts} from '../../metrics/inventory.ts';
import {podLimits} from '../../metrics/pod-limits.ts';
import {printable} from '../../metrics/printable.ts';
import {ratio} from '../../metrics/ratio.ts';
import type {FilesystemReading, PressureReading} from '../../metrics/reading.ts';
import type {ContainerRow, NodeRow, PodRow, Row, Usage} from '../../metrics/row.ts';
import {lastTermination, statusOf} from '../../metrics/status.ts';
import {formatBytes, formatCores, formatDuration, formatPercent, UNKNOWN} from '../format/numbers.ts';
import {fitLine, widthOf} from '../format/width.ts';
import {heat, type Theme} from '../theme/theme.ts';

export type DetailsOptions = {
	readonly row: Row;
	readonly nowMs: number;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
};

/** From this width on facts stand in two columns. */
const TWO_COLUMNS = 100;

const BAR_CELLS = 10;
const LABEL_CELLS = 12;

type Fact = readonly [label: string, text: string];

/** What is known of one thing beside its figures over time; exactly `width` by `height`. */
export function drawDetails(options: DetailsOptions): readonly string[] {
	const {row, width, height, theme} = options;
	const facts = factsOf(row, options);
	const columns = width >= TWO_COLUMNS ? 2 : 1;
	const rows = Math.max(height, 1);
	const columnWidth = Math.floor(width / columns);
	const lines = facts.map(([label, text]) =>
		fitLine(`  ${theme.paint('dim', label.padEnd(LABEL_CELLS))}${text}`, columnWidth - 1, theme.ellipsis),
	);
	// Two columns are filled evenly, the first with what is worth most.
	const aColumn = Math.min(columns === 1 ? rows : Math.max(Math.ceil(lines.length / 2), 1), rows);
	return Array.from({length: height}, (_, index) => {
		const line = Array.from({length: columns}, (_unused, column) =>
			index < aColumn ? (lines[index + column * aColumn] ?? '') : '',
		)
			.map(cell => cell + ' '.repeat(Math.max(columnWidth - widthOf(cell), 0)))
			.join('');
		return line + ' '.repeat(Math.max(width - widthOf(line), 0));
	});
}

function factsOf(row: Row, options: DetailsOptions): readonly Fact[] {
	switch (row.kind) {
		case 'tree':
			return factsOf(row.of, options);
		case 'node':
			return nodeFacts(row, options);
		case 'pod':
			return podFacts(row, options);
		case 'container':
			return containerFacts(row, options);
		case 'namespace':
			return [
				['Pods', String(row.podCount)],
				['Requests', amounts(row.bound?.requests)],
				['Limits', amounts(row.bound?.limits)],
			];
	}
}

function nodeFacts(row: NodeRow, options: DetailsOptions): readonly Fact[] {
	const {info, bound} = row;
	const {theme} = options;
	return [
		['Status', statusOf(row) ?? UNKNOWN],
		...(info?.problems ?? []).map(
			({type, status, reason}): Fact => [
				type,
				`${status}${reason === undefined ? '' : `: ${printable(reason)}`}`,
			],
		),
		['Requests', claimed(bound?.requests, info?.allocatable, theme)],
		['Limits', claimed(bound?.limits, info?.allocatable, theme)],
		['Memory left', orUnknown(row.memoryAvailableBytes, formatBytes)],
		...row.filesystems.flatMap(filesystem => filesystemFacts(filesystem.name, filesystem, theme)),
		['Pressure', pressureText(row.pressure)],
		...usageFacts(row),
		[
			'Taints',
			(info?.taints ?? []).map(({key, effect}) => printable(`${key}:${effect}`)).join(', ') || UNKNOWN,
		],
		['Kubelet', printable(info?.versions.kubelet ?? UNKNOWN)],
		['System', printable(info?.versions.osImage ?? UNKNOWN)],
		['Sample', sampleText(row, options.nowMs, row.state.kind === 'live' ? ` by ${row.state.route}` : '')],
	];
}

function podFacts(row: PodRow, {theme, nowMs}: DetailsOptions): readonly Fact[] {
	const {info} = row;
	const fullest = fullestVolume(row.volumes);
	return [
		['Status', printable(statusOf(row) ?? UNKNOWN)],
		[
			'Made by',
			printable(info?.workload === undefined ? UNKNOWN : `${info.workload.kind}/${info.workload.name}`),
		],
		['Node', printable(row.node || UNKNOWN)],
		['QoS', info?.qosClass ?? UNKNOWN],
		['Requests', amounts(info?.requests)],
		['Limits', amounts(podLimits(row))],
		...(info?.containers ?? []).map((container): Fact => ['Container', containerText(container)]),
		...[...row.volumes]
			.sort((one, other) => (fullness(other) ?? -1) - (fullness(one) ?? -1))
			.flatMap(volume =>
				filesystemFacts(
					`${volume === fullest ? 'Volume' : ''}`,
					volume,
					theme,
					` ${printable(volume.claim?.name ?? volume.name)}`,
				),
			),
		['Ephemeral', orUnknown(row.ephemeralStorageUsedBytes, formatBytes)],
		['Pressure', pressureText(row.pressure)],
		...usageFacts(row),
		['Sample', sampleText(row, nowMs, '')],
	];
}

function containerFacts(row: ContainerRow, {theme, nowMs}: DetailsOptions): readonly Fact[] {
	const {info} = row;
	const limits = {cpuCores: row.cpuLimitCores, memoryBytes: row.memoryLimitBytes};
	const used = ratio(row.memoryWorkingSetBytes, row.memoryLimitBytes);
	return [
		['Status', printable(statusOf(row) ?? UNKNOWN)],
		['Image', printable(info?.image ?? row.image ?? UNKNOWN)],
		['Requests', amounts(info?.requests)],
		['Limits', amounts(limits)],
		[
			'Memory left',
			`${orUnknown(memoryLeft(row), formatBytes)}${used === undefined ? '' : `  ${bar(used, theme)}`}`,
		],
		['Throttled', orUnknown(row.throttledRatio, formatPercent)],
		['Restarts', info === undefined ? UNKNOWN : String(info.restarts)],
		['Last end', lastEnd(info, nowMs)],
		['Pressure', pressureText(row.pressure)],
		...usageFacts(row),
		['Root layer', orUnknown(row.rootFilesystemUsedBytes, formatBytes)],
		['Logs', orUnknown(row.logUsedBytes, formatBytes)],
		['Sample', sampleText(row, nowMs, '')],
	];
}

function usageFacts(row: Usage): readonly Fact[] {
	return [
		[
			'Memory',
			`working set ${orUnknown(row.memoryWorkingSetBytes, formatBytes)}, rss ${orUnknown(row.memoryRssBytes, formatBytes)}, cache ${orUnknown(row.memoryCacheBytes, formatBytes)}, swap ${orUnknown(row.swapUsageBytes, formatBytes)}`,
		],
		[
			'Page faults',
			`${orUnknown(row.pageFaultsPerSecond, perSecond)}/s, major ${orUnknown(row.majorPageFaultsPerSecond, perSecond)}/s`,
		],
		[
			'Net errors',
			`${orUnknown(row.rxErrorsPerSecond, perSecond)}/s in, ${orUnknown(row.txErrorsPerSecond, perSecond)}/s out`,
		],
		['Processes', orUnknown(row.processCount, String)],
	];
}

/** `▰▰▰▱▱ 61% of 100Gi, inodes 4%`. */
function filesystemFacts(
	label: string,
	filesystem: FilesystemReading,
	theme: Theme,
	name = '',
): readonly Fact[] {
	const full = fullness(filesystem);
	const inodes = inodeRatio(filesystem);
	const size = filesystem.capacityBytes === undefined ? '' : ` of ${formatBytes(filesystem.capacityBytes)}`;
	return [
		[
			printable(label),
			`${full === undefined ? UNKNOWN : bar(full, theme)}${size}${inodes === undefined ? '' : `, inodes ${formatPercent(inodes)}`}${name}`,
		],
	];
}

/** How full something is, in cells and in figures: colour alone says nothing. */
export function bar(share: number, theme: Theme): string {
	const cells = Math.min(Math.max(Math.round(share * BAR_CELLS), 0), BAR_CELLS);
	const [full, empty] = theme.symbols === 'unicode' ? ['▰', '▱'] : ['#', '-'];
	return theme.paint(
		heat(share),
		`${full.repeat(cells)}${empty.repeat(BAR_CELLS - cells)} ${formatPercent(share)}`,
	);
}

function claimed(
	claims: ResourceAmounts | undefined,
	all: ResourceAmounts | undefined,
	theme: Theme,
): string {
	const cpu = ratio(claims?.cpuCores, all?.cpuCores);
	const memory = ratio(claims?.memoryBytes, all?.memoryBytes);
	return `${amounts(claims)}${cpu === undefined ? '' : `  CPU ${bar(cpu, theme)}`}${memory === undefined ? '' : `  MEM ${bar(memory, theme)}`}`;
}

function amounts(of: ResourceAmounts | undefined): string {
	return `${orUnknown(of?.cpuCores, formatCores)} cores, ${orUnknown(of?.memoryBytes, formatBytes)}`;
}

function pressureText(pressure: PressureReading | undefined): string {
	const of = (some: number | undefined, full: number | undefined): string =>
		`${orUnknown(some, value => formatPercent(value / 100))}${full === undefined ? '' : ` (all ${formatPercent(full / 100)})`}`;
	return pressure === undefined
		? UNKNOWN
		: `CPU ${of(pressure.cpuSomePercent, pressure.cpuFullPercent)}, memory ${of(pressure.memorySomePercent, pressure.memoryFullPercent)}, disk ${of(pressure.ioSomePercent, pressure.ioFullPercent)}`;
}

function containerText(container: ContainerInfo): string {
	const {name, state, restarts} = container;
	const ended = lastTermination(container);
	const now = state.kind === 'waiting' ? (state.reason ?? 'waiting') : state.kind;
	return printable(
		`${name}: ${now}${restarts === 0 ? '' : `, ${restarts} restarts`}${ended === undefined ? '' : `, ended with ${ended}`}`,
	);
}

function lastEnd(info: ContainerInfo | undefined, nowMs: number): string {
	const ended = info && lastTermination(info);
	const atMs = info?.lastTermination?.finishedAtMs;
	return ended === undefined
		? UNKNOWN
		: printable(`${ended}${atMs === undefined ? '' : `, ${formatDuration(Math.max(nowMs - atMs, 0))} ago`}`);
}

function sampleText({receivedAtMs}: Usage, nowMs: number, by: string): string {
	return receivedAtMs === undefined
		? UNKNOWN
		: printable(`${formatDuration(Math.max(nowMs - receivedAtMs, 0))} old${by}`);
}

function perSecond(value: number): string {
	return value >= 10 ? value.toFixed(0) : value.toFixed(1);
}

function orUnknown(value: number | undefined, format: (value: number) => string): string {
	return value === undefined ? UNKNOWN : format(value);
}
