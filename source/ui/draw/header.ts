import {printable} from '../../metrics/model/printable.ts';
import {ratio} from '../../metrics/model/ratio.ts';
import type {ClusterRow, SeriesName} from '../../metrics/model/row.ts';
import type {Cursor, HistoryWindow} from '../../metrics/model/view.ts';
import type {PastFeed} from '../feed.ts';
import {
	formatBytes,
	formatClock,
	formatCores,
	formatDuration,
	formatInterval,
	formatMoment,
	formatPercent,
	formatRate,
	UNKNOWN,
} from '../format/numbers.ts';
import {scaleOf, sparkline} from '../format/sparkline.ts';
import {fitLine, widthOf} from '../format/width.ts';
import {heat, type Theme} from '../theme/theme.ts';

export type TitleOptions = {
	readonly label: string;
	readonly isDemo: boolean;
	/** The status of the history store; undefined if none is configured. */
	readonly past: ReturnType<PastFeed['status']> | undefined;
	readonly cluster: ClusterRow;
	readonly cursor: Cursor;
	readonly intervalMs: number;
	/** The speed of a replay, 1 for real time; undefined for live data. */
	readonly speed: number | undefined;
	readonly overrunMs: number | undefined;
	readonly newestMs: number | undefined;
	readonly nowMs: number;
	readonly width: number;
	readonly theme: Theme;
};

export type TotalsOptions = {
	readonly cluster: ClusterRow;
	readonly width: number;
	readonly theme: Theme;
	readonly windowOf: (points: number) => HistoryWindow;
	readonly history: (series: SeriesName, window: HistoryWindow) => Float64Array;
};

/** The cluster and the age of its data: the line of the header that changes with time. */
export function drawTitle(options: TitleOptions): string {
	const {theme, width, cluster, nowMs} = options;
	const demo = options.isDemo ? `${theme.paint('demo', ' DEMO ')} ` : '';
	const left = ` ${demo}${theme.paint('title', 'ktop')}  ${printable(options.label)}`;
	const nodes = describeNodes(cluster, theme);
	const ageMs = options.newestMs === undefined ? undefined : Math.max(nowMs - options.newestMs, 0);
	const data = `  data ${ageMs === undefined ? UNKNOWN : formatDuration(ageMs)}`;
	const late =
		options.overrunMs === undefined
			? ''
			: theme.paint('warning', ` late ${formatDuration(options.overrunMs)}`);
	const speed = options.speed === undefined ? '' : `  ${Math.round(options.speed * 100) / 100}x`;
	const every = `  every ${formatInterval(options.intervalMs)}${late}${speed}`;
	const time = `  ${drawTime(options, 'paused ')} `;
	// Without room, only the sign and the last line of the screen show it.
	const right = cells([left, time]) > width ? `  ${drawTime(options, '')} ` : time;
	// The most important first: on a narrow screen the last ones are left out. `left` and `right` always stay.
	const parts = [
		`  ${nodes}`,
		`  pods ${orUnknown(cluster.pods, count => `${count} ${cluster.podsAre}`)}`,
		`  containers ${orUnknown(cluster.containers, count => `${count} running`)}`,
		every,
		data,
		drawHistory(options),
	];
	while (parts.length > 0 && cells([left, ...parts, right]) > width) {
		parts.pop();
	}

	const used = cells([left, ...parts, right]);
	return used > width
		? fitLine(`${left}${right}`, width, theme.ellipsis)
		: `${left}${parts.join('')}${' '.repeat(width - used)}${right}`;
}

/**
 * `nodes 23/24 ready, 22 read`, `ready?` while the API server does not say; without one `nodes 22/24`, the nodes that were
 * scraped.
 */
function describeNodes(
	{nodes, nodesRead, nodesStored, nodesReady, nodesVirtual, isFrozen}: ClusterRow,
	theme: Theme,
): string {
	if (nodes === 0) {
		return `nodes ${nodesReady ?? UNKNOWN}`;
	}

	const readable = nodes - nodesVirtual;
	if (nodesRead === 0 && nodesStored > 0 && nodesReady === undefined) {
		return `nodes ${nodesStored}/${nodes} stored`;
	}

	const stored = nodesStored === 0 ? '' : theme.paint('warning', `, ${nodesStored} stored`);
	if (nodesReady === undefined) {
		return theme.paint(nodesRead < readable ? 'warning' : 'plain', `nodes ${nodesRead}/${nodes}`) + stored;
	}

	const ready = theme.paint(
		nodesReady < nodes || isFrozen ? 'warning' : 'plain',
		`nodes ${nodesReady}/${nodes} ready${isFrozen ? '?' : ''}`,
	);
	return nodesRead < readable ? `${ready}${theme.paint('warning', `, ${nodesRead} read`)}${stored}` : ready;
}

/** `history InfluxDB k8s`, or the store's error. */
function drawHistory({past, theme}: TitleOptions): string {
	switch (past?.kind) {
		case undefined:
			return '';
		case 'failed':
			return `  ${theme.paint('warning', printable(historyBrief(past.failure.brief)))}`;
		case 'unqueried':
		case 'ok':
			return `  history ${printable(past.label)}`;
	}
}

/** `history timeout 2s`, `500 history`: some briefs name it themselves. */
export function historyBrief(brief: string): string {
	return /\bhistory\b/.test(brief) ? brief : `history ${brief}`;
}

/** Data that is older than this is shown as stale: slow responses and the kubelet's own period (10 s) may delay it so long. */
const LIVE_INTERVALS = 2;
const MIN_LIVE_MS = 15_000;

/** `● live 10:42:07`; for data that is not live, its age. */
function drawTime(options: TitleOptions, paused: string): string {
	const {cursor, nowMs, theme, cluster, speed, newestMs, intervalMs, overrunMs} = options;
	const isUnicode = theme.symbols === 'unicode';
	if (cursor === 'live' && cluster.nodesRead === 0 && cluster.nodesStored > 0) {
		const age = newestMs === undefined ? '' : ` ${formatDuration(Math.max(nowMs - newestMs, 0))} old`;
		return `${theme.paint('warning', `${isUnicode ? '◌' : 'o'} stored${age}`)} ${formatClock(nowMs)}`;
	}

	const liveMs = Math.max(LIVE_INTERVALS * intervalMs, MIN_LIVE_MS) + (overrunMs ?? 0);
	const ageMs = newestMs === undefined ? 0 : nowMs - newestMs;
	if (cursor === 'live' && speed === undefined && ageMs > liveMs) {
		const stale = `${isUnicode ? '○' : 'o'} stale ${formatDuration(ageMs)}`;
		return `${theme.paint('warning', stale)} ${formatClock(nowMs)}`;
	}

	const live = speed === undefined ? (isUnicode ? '● live' : '* live') : isUnicode ? '▶ replay' : '> replay';
	return cursor === 'live'
		? `${theme.paint('good', live)} ${speed === undefined ? formatClock(nowMs) : formatMoment(nowMs, Number.POSITIVE_INFINITY)}`
		: theme.paint(
				'warning',
				`${isUnicode ? '‖' : '||'} ${paused}${formatDuration(Math.max(nowMs - cursor.atMs, 0))} ago ${formatMoment(cursor.atMs, nowMs)}`,
			);
}

/** Two lines: CPU and network, memory and file systems. */
export function drawTotals(options: TotalsOptions): readonly string[] {
	return [drawCpu(options), drawMemory(options)];
}

function drawCpu({cluster, width, theme, windowOf, history}: TotalsOptions): string {
	const share = ratio(cluster.cpuCores, cluster.cpuCapacityCores);
	const points = sparkCells(width);
	const window = windowOf(points);
	const used = orUnknown(cluster.cpuCores, formatCores);
	const capacity =
		cluster.cpuCapacityCores === undefined ? '' : ` of ${formatCores(cluster.cpuCapacityCores)}`;
	const cpu = history('cpuCores', window);
	const scale = cluster.cpuCapacityCores ?? scaleOf(cpu, 0.02);
	const rx = history('rxBytesPerSecond', window);
	const tx = history('txBytesPerSecond', window);
	const traffic = sparkline(sum(rx, tx), scaleOf(sum(rx, tx), 1000), theme.symbols);
	return twoHalves(
		`${theme.paint('accent', sparkline(cpu, scale, theme.symbols))} ${used}${capacity} cores${percent(share, theme)}${claimed(cluster, 'cpuCores', width)}`,
		`${theme.paint('accent', traffic)} ↓${orUnknown(cluster.rxBytesPerSecond, formatRate)} ↑${orUnknown(cluster.txBytesPerSecond, formatRate)}`,
		['CPU', 'NET'],
		width,
		theme,
	);
}

function drawMemory({cluster, width, theme, windowOf, history}: TotalsOptions): string {
	const share = ratio(cluster.memoryWorkingSetBytes, cluster.memoryCapacityBytes);
	const memory = history('memoryWorkingSetBytes', windowOf(sparkCells(width)));
	const scale = cluster.memoryCapacityBytes ?? scaleOf(memory, 2 ** 20);
	const used = orUnknown(cluster.memoryWorkingSetBytes, formatBytes);
	const capacity =
		cluster.memoryCapacityBytes === undefined ? '' : ` of ${formatBytes(cluster.memoryCapacityBytes)}`;
	const full = cluster.fullestFilesystem;
	const filesystem =
		full === undefined
			? orUnknown(undefined, formatBytes)
			: `fullest ${printable(full.node)} ${printable(full.name)} ${theme.paint(heat(full.usedRatio), formatPercent(full.usedRatio))}`;
	return twoHalves(
		`${theme.paint('accent', sparkline(memory, scale, theme.symbols))} ${used}${capacity}${percent(share, theme)}${claimed(cluster, 'memoryBytes', width)}`,
		filesystem,
		['MEM', 'FS '],
		width,
		theme,
	);
}

/** On a narrower screen, requests and limits leave no room for the network. */
const CLAIMS_MIN_WIDTH = 110;

function sparkCells(width: number): number {
	return Math.min(Math.max(Math.floor(width / 6), 6), 40);
}

function percent(share: number | undefined, theme: Theme): string {
	return share === undefined ? '' : ` ${theme.paint(heat(share), formatPercent(share))}`;
}

/** `req 71% lim 140%`: requests and limits of all pods as a share of the allocatable resources of all nodes. */
function claimed(
	{requests, limits, allocatable}: ClusterRow,
	resource: 'cpuCores' | 'memoryBytes',
	width: number,
): string {
	if (width < CLAIMS_MIN_WIDTH) {
		return '';
	}

	const requested = ratio(requests[resource], allocatable[resource]);
	const limited = ratio(limits[resource], allocatable[resource]);
	return [
		requested === undefined ? '' : `  req ${formatPercent(requested)}`,
		limited === undefined ? '' : ` lim ${formatPercent(limited)}`,
	].join('');
}

function orUnknown(value: number | undefined, format: (value: number) => string): string {
	return value === undefined ? UNKNOWN : format(value);
}

function sum(one: Float64Array, other: Float64Array): Float64Array {
	return one.map((value, index) => value + (other[index] ?? Number.NaN));
}

/** Two labelled halves; the second starts in the middle of the line, or after a longer first half. */
function twoHalves(
	left: string,
	right: string,
	[leftLabel, rightLabel]: readonly [string, string],
	width: number,
	theme: Theme,
): string {
	const first = ` ${theme.paint('title', leftLabel)} ${left}`;
	const start = Math.max(Math.floor(width / 2), widthOf(first) + 2);
	const second = `${theme.paint('title', rightLabel)} ${right}`;
	const line = `${first}${' '.repeat(start - widthOf(first))}${second}`;
	return fitLine(line, width, theme.ellipsis);
}

function cells(parts: readonly string[]): number {
	return widthOf(parts.join(''));
}
