import {fullness, inodeRatio, memoryLeft} from '../../metrics/insight-columns.ts';
import type {ContainerInfo, ResourceAmounts} from '../../metrics/inventory.ts';
import {namespaceLimits, podLimits} from '../../metrics/pod-limits.ts';
import {printable} from '../../metrics/printable.ts';
import {ratio} from '../../metrics/ratio.ts';
import type {FilesystemReading, PressureReading} from '../../metrics/reading.ts';
import type {ClusterRow, ContainerRow, NodeRow, PodRow, Subject, Usage} from '../../metrics/row.ts';
import {lastTermination, statusOf} from '../../metrics/status.ts';
import {formatBytes, formatCores, formatDuration, formatPercent, UNKNOWN} from '../format/numbers.ts';
import {heat, type Theme} from '../theme/theme.ts';
import {drawFactColumns, type Fact, type FactColumnsOptions, factLines} from './fact-columns.ts';

export type FactsOptions = {
	readonly row: Subject;
	readonly nowMs: number;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
};

const BAR_CELLS = 10;

/** From this share on something is about to be used up, and from the second on nearly is. */
const HIGH = 0.7;
const CRITICAL = 0.9;

/** What is known of one thing beside its figures over time, what is nearly used up first; exactly `width` by `height`. */
export function drawFacts(options: FactsOptions): readonly string[] {
	return drawFactColumns(columnsOptions(options), options.height);
}

/** The lines that all that is known takes. */
export function factsHeight(options: Omit<FactsOptions, 'height'>): number {
	return factLines(columnsOptions(options));
}

function columnsOptions(options: Omit<FactsOptions, 'height'>): FactColumnsOptions {
	const {row, width, theme} = options;
	return {
		facts: byUrgency(factsOf(row, options)),
		width,
		ellipsis: theme.ellipsis,
		paintLabel: label => theme.paint('dim', label),
		paintRest: text => theme.paint('warning', text),
	};
}

/** Facts of one urgency keep their order. */
function byUrgency(facts: readonly Fact[]): readonly Fact[] {
	const urgency = ({share = 0}: Fact): number => (share >= CRITICAL ? 0 : share >= HIGH ? 1 : 2);
	return [...facts].sort((one, other) => urgency(one) - urgency(other));
}

type Known = Omit<FactsOptions, 'height' | 'width' | 'row'>;

function factsOf(row: Subject, options: Known): readonly Fact[] {
	switch (row.kind) {
		case 'tree':
			return factsOf(row.of, options);
		case 'node':
			return nodeFacts(row, options);
		case 'pod':
			return podFacts(row, options);
		case 'container':
			return containerFacts(row, options);
		case 'cluster':
			return clusterFacts(row, options);
		case 'namespace':
			return [
				fact('Pods', String(row.podCount)),
				fact('Containers', String(row.containerCount)),
				fact('Requests', amounts(row.bound?.requests)),
				fact('Limits', amounts(namespaceLimits(row))),
			];
	}
}

/** A text is broken between its words. */
function fact(label: string, text: string, share?: number): Fact {
	return {label: printable(label), pieces: printable(text).split(' '), share};
}

/** What is wrong comes before all that is only full. */
const WRONG = 1;

function nodeFacts(row: NodeRow, options: Known): readonly Fact[] {
	const {info, bound} = row;
	const {theme} = options;
	const used = ratio(row.memoryWorkingSetBytes, row.memoryCapacityBytes);
	return [
		fact('Status', statusOf(row) ?? UNKNOWN, WRONG),
		...(info?.problems ?? []).map(({type, status, reason}) =>
			fact(type, `${status}${reason === undefined ? '' : `: ${reason}`}`, WRONG),
		),
		...row.filesystems.map(filesystem => filesystemFact('', filesystem.name, filesystem, theme)),
		claimed('Requests', bound?.requests, info?.allocatable, theme),
		claimed('Limits', bound?.limits, info?.allocatable, theme),
		withBar('Memory left', `${orUnknown(row.memoryAvailableBytes, formatBytes)}, used`, used, theme),
		pressureFact(row.pressure),
		...usageFacts(row),
		fact('Taints', (info?.taints ?? []).map(({key, effect}) => `${key}:${effect}`).join(', ') || UNKNOWN),
		fact('Kubelet', info?.versions.kubelet ?? UNKNOWN),
		fact('System', info?.versions.osImage ?? UNKNOWN),
		fact('Sample', sampleText(row, options.nowMs, row.state.kind === 'live' ? ` by ${row.state.route}` : '')),
	];
}

function clusterFacts(row: ClusterRow, {theme}: Known): readonly Fact[] {
	const {nodes, nodesReady, nodesRead, nodesVirtual, fullestFilesystem: full} = row;
	const isWell = nodesRead >= nodes - nodesVirtual && (nodesReady === undefined || nodesReady === nodes);
	const ready = nodesReady === undefined ? '' : `${nodesReady} ready, `;
	return [
		fact('Nodes', `${nodes}, ${ready}${nodesRead} read`, isWell ? undefined : WRONG),
		withBar(
			'CPU',
			`${orUnknown(row.cpuCores, formatCores)} of ${orUnknown(row.cpuCapacityCores, formatCores)}`,
			ratio(row.cpuCores, row.cpuCapacityCores),
			theme,
		),
		withBar(
			'Memory',
			`${orUnknown(row.memoryWorkingSetBytes, formatBytes)} of ${orUnknown(row.memoryCapacityBytes, formatBytes)}`,
			ratio(row.memoryWorkingSetBytes, row.memoryCapacityBytes),
			theme,
		),
		claimed('Requests', row.requests, row.allocatable, theme),
		claimed('Limits', row.limits, row.allocatable, theme),
		full === undefined
			? fact('Fullest', UNKNOWN)
			: withBar('Fullest', printable(`${full.node} ${full.name}`), full.usedRatio, theme),
		fact('Pods', String(row.pods)),
		fact('Containers', String(row.containers)),
	];
}

function podFacts(row: PodRow, {theme, nowMs}: Known): readonly Fact[] {
	const {info} = row;
	const limits = podLimits(row);
	return [
		fact('Status', [statusOf(row) ?? UNKNOWN, info?.message].filter(Boolean).join(': '), WRONG),
		...(info?.containers ?? []).map(container =>
			fact('Container', containerText(container), troubleOf(container)),
		),
		...[...row.volumes]
			.sort((one, other) => (fullness(other) ?? -1) - (fullness(one) ?? -1))
			.map(volume => filesystemFact(volume.claim?.name ?? volume.name, 'Volume', volume, theme)),
		usedLimits('Limits', limits, row, theme),
		fact('Requests', amounts(info?.requests)),
		pressureFact(row.pressure),
		fact('Made by', info?.workload === undefined ? UNKNOWN : `${info.workload.kind}/${info.workload.name}`),
		fact('Node', row.node || UNKNOWN),
		fact('QoS', info?.qosClass ?? UNKNOWN),
		withBar(
			'Ephemeral',
			orUnknown(row.ephemeralStorageUsedBytes, formatBytes),
			ratio(row.ephemeralStorageUsedBytes, info?.ephemeralStorageLimitBytes),
			theme,
		),
		...usageFacts(row),
		fact('Sample', sampleText(row, nowMs, '')),
	];
}

function containerFacts(row: ContainerRow, {theme, nowMs}: Known): readonly Fact[] {
	const {info} = row;
	const limits = {cpuCores: row.cpuLimitCores, memoryBytes: row.memoryLimitBytes};
	const memory = ratio(row.memoryWorkingSetBytes, row.memoryLimitBytes);
	return [
		fact('Status', statusOf(row) ?? UNKNOWN, WRONG),
		fact('Last end', lastEnd(info, nowMs), info && troubleOf(info)),
		withBar('Memory left', `${orUnknown(memoryLeft(row), formatBytes)}, used`, memory, theme),
		fact('Throttled', orUnknown(row.throttledRatio, formatPercent), row.throttledRatio),
		usedLimits('Limits', limits, row, theme),
		fact('Requests', amounts(info?.requests)),
		fact('Restarts', info === undefined ? UNKNOWN : String(info.restarts)),
		pressureFact(row.pressure),
		...usageFacts(row),
		fact('Root layer', orUnknown(row.rootFilesystemUsedBytes, formatBytes)),
		fact('Logs', orUnknown(row.logUsedBytes, formatBytes)),
		fact('Image', info?.image ?? row.image ?? UNKNOWN),
		fact('Sample', sampleText(row, nowMs, '')),
	];
}

/** One that waits is wrong; one that was killed for its memory may be again. */
function troubleOf(container: ContainerInfo): number | undefined {
	if (container.state.kind === 'waiting') {
		return WRONG;
	}

	return lastTermination(container)?.startsWith('OOMKilled') ? HIGH : undefined;
}

function usageFacts(row: Usage): readonly Fact[] {
	return [
		fact(
			'Memory',
			`working set ${orUnknown(row.memoryWorkingSetBytes, formatBytes)}, rss ${orUnknown(row.memoryRssBytes, formatBytes)}, cache ${orUnknown(row.memoryCacheBytes, formatBytes)}, swap ${orUnknown(row.swapUsageBytes, formatBytes)}`,
		),
		fact(
			'Page faults',
			`${orUnknown(row.pageFaultsPerSecond, perSecond)}/s, major ${orUnknown(row.majorPageFaultsPerSecond, perSecond)}/s`,
		),
		fact(
			'Net errors',
			`${orUnknown(row.rxErrorsPerSecond, perSecond)}/s in, ${orUnknown(row.txErrorsPerSecond, perSecond)}/s out`,
		),
		fact('Processes', orUnknown(row.processCount, String)),
	];
}

/** `data ▰▰▰▱▱ 61% of 100Gi, inodes 4%`. */
function filesystemFact(name: string, label: string, filesystem: FilesystemReading, theme: Theme): Fact {
	const full = fullness(filesystem);
	const inodes = inodeRatio(filesystem);
	const size = filesystem.capacityBytes === undefined ? [] : [`of ${formatBytes(filesystem.capacityBytes)}`];
	return {
		label: printable(label),
		pieces: [
			printable(name),
			full === undefined ? UNKNOWN : bar(full, theme),
			[...size, ...(inodes === undefined ? [] : [`inodes ${formatPercent(inodes)}`])].join(', '),
		].filter(piece => piece !== ''),
		share: highest(full, inodes),
	};
}

/** How full something is, in cells and in figures: colour alone says nothing. */
export function bar(share: number, theme: Theme): string {
	// What is not used up is not drawn so.
	const most = share < 1 ? BAR_CELLS - 1 : BAR_CELLS;
	const cells = Math.min(Math.max(Math.round(share * BAR_CELLS), 0), most);
	const [full, empty] = theme.symbols === 'unicode' ? ['▰', '▱'] : ['#', '-'];
	return theme.paint(
		heat(share),
		`${full.repeat(cells)}${empty.repeat(BAR_CELLS - cells)} ${formatPercent(share)}`,
	);
}

/** What pods claim of all that they can have. */
function claimed(
	label: string,
	claims: ResourceAmounts | undefined,
	all: ResourceAmounts | undefined,
	theme: Theme,
): Fact {
	return amountsFact(
		label,
		claims,
		ratio(claims?.cpuCores, all?.cpuCores),
		ratio(claims?.memoryBytes, all?.memoryBytes),
		theme,
	);
}

/** Limits, and what is used of them. */
function usedLimits(label: string, limits: ResourceAmounts | undefined, row: Usage, theme: Theme): Fact {
	return amountsFact(
		label,
		limits,
		ratio(row.cpuCores, limits?.cpuCores),
		ratio(row.memoryWorkingSetBytes, limits?.memoryBytes),
		theme,
	);
}

/** Both amounts on a line with their bars, where there is room. */
function amountsFact(
	label: string,
	of: ResourceAmounts | undefined,
	cpu: number | undefined,
	memory: number | undefined,
	theme: Theme,
): Fact {
	return {
		label,
		pieces: [amounts(of), ...named('CPU', cpu, theme), ...named('MEM', memory, theme)],
		share: highest(cpu, memory),
	};
}

function named(name: string, share: number | undefined, theme: Theme): readonly string[] {
	return share === undefined ? [] : [`${name} ${bar(share, theme)}`];
}

function withBar(label: string, text: string, share: number | undefined, theme: Theme): Fact {
	return share === undefined
		? fact(label, text.replace(/, used$/, ''))
		: {label, pieces: [text, bar(share, theme)], share};
}

function highest(...shares: ReadonlyArray<number | undefined>): number | undefined {
	const known = shares.filter(share => share !== undefined);
	return known.length === 0 ? undefined : Math.max(...known);
}

function amounts(of: ResourceAmounts | undefined): string {
	return `${orUnknown(of?.cpuCores, formatCores)} cores, ${orUnknown(of?.memoryBytes, formatBytes)}`;
}

function pressureFact(pressure: PressureReading | undefined): Fact {
	const of = (some: number | undefined, full: number | undefined): string =>
		`${orUnknown(some, value => formatPercent(value / 100))}${full === undefined ? '' : ` (all ${formatPercent(full / 100)})`}`;
	if (pressure === undefined) {
		return fact('Pressure', UNKNOWN);
	}

	const {cpuSomePercent, memorySomePercent, ioSomePercent} = pressure;
	return {
		label: 'Pressure',
		pieces: [
			`CPU ${of(cpuSomePercent, pressure.cpuFullPercent)},`,
			`memory ${of(memorySomePercent, pressure.memoryFullPercent)},`,
			`disk ${of(ioSomePercent, pressure.ioFullPercent)}`,
		],
		share: highest(
			...[cpuSomePercent, memorySomePercent, ioSomePercent].map(percent =>
				percent === undefined ? undefined : percent / 100,
			),
		),
	};
}

function containerText(container: ContainerInfo): string {
	const {name, state, restarts} = container;
	const ended = lastTermination(container);
	const now = state.kind === 'waiting' ? (state.reason ?? 'waiting') : state.kind;
	return `${name}: ${now}${restarts === 0 ? '' : `, ${restarts} restarts`}${ended === undefined ? '' : `, ended with ${ended}`}`;
}

function lastEnd(info: ContainerInfo | undefined, nowMs: number): string {
	const ended = info && lastTermination(info);
	const atMs = info?.lastTermination?.finishedAtMs;
	return ended === undefined
		? UNKNOWN
		: `${ended}${atMs === undefined ? '' : `, ${formatDuration(Math.max(nowMs - atMs, 0))} ago`}`;
}

function sampleText({receivedAtMs}: Usage, nowMs: number, by: string): string {
	return receivedAtMs === undefined
		? UNKNOWN
		: `${formatDuration(Math.max(nowMs - receivedAtMs, 0))} old${by}`;
}

function perSecond(value: number): string {
	return value >= 10 ? value.toFixed(0) : value.toFixed(1);
}

function orUnknown(value: number | undefined, format: (value: number) => string): string {
	return value === undefined ? UNKNOWN : format(value);
}
