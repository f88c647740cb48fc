import type {ContainerInfo} from '../../../metrics/model/inventory.ts';
import {memoryLeft} from '../../../metrics/model/memory-left.ts';
import {ratio} from '../../../metrics/model/ratio.ts';
import type {ContainerRow} from '../../../metrics/model/row.ts';
import {lastTermination} from '../../../metrics/model/status.ts';
import {formatBytes, formatDuration, formatPercent, UNKNOWN} from '../../format/numbers.ts';
import {amounts, usedLimits} from './amounts-fact.ts';
import {urgencyOf} from './container-urgency.ts';
import {CRITICAL, type FactsContext, fact, left, orUnknown} from './fact.ts';
import type {Fact} from './fact-columns.ts';
import {pressureFact} from './pressure-fact.ts';
import {statusText} from './status-text.ts';
import {sampleText, usageFacts} from './usage-facts.ts';

export function containerFacts(row: ContainerRow, {theme, nowMs}: FactsContext): readonly Fact[] {
	const {info} = row;
	const limits = {cpuCores: row.cpuLimitCores, memoryBytes: row.memoryLimitBytes};
	const memory = ratio(row.memoryWorkingSetBytes, row.memoryLimitBytes);
	return [
		fact('Status', statusAndReason(row), CRITICAL),
		fact('Last exit', lastExit(info, nowMs), info && urgencyOf(info)),
		left('Memory left', orUnknown(memoryLeft(row), formatBytes), memory, theme),
		fact('Throttled', orUnknown(row.throttledRatio, formatPercent), row.throttledRatio),
		usedLimits('Limits', limits, row, theme),
		fact('Requests', amounts(info?.requests)),
		fact('Restarts', info === undefined ? UNKNOWN : String(info.restarts)),
		pressureFact(row.pressure),
		...usageFacts(row),
		fact('Root FS', orUnknown(row.rootFilesystemUsedBytes, formatBytes)),
		fact('Logs', orUnknown(row.logUsedBytes, formatBytes)),
		fact('Image', info?.image ?? row.image ?? UNKNOWN),
		fact('Sample', sampleText(row, nowMs, '')),
	];
}

/** `ImagePullBackOff: Back-off pulling image "web:2"`. */
function statusAndReason(row: ContainerRow): string {
	const message = row.info?.state.kind === 'waiting' ? row.info.state.message : row.podInfo?.message;
	return [statusText(row), message].filter(part => part !== undefined).join(': ');
}

/** `OOMKilled, 5m ago`. */
function lastExit(info: ContainerInfo | undefined, nowMs: number): string {
	const ended = info && lastTermination(info);
	const atMs = info?.lastTermination?.finishedAtMs;
	return ended === undefined
		? UNKNOWN
		: `${ended}${atMs === undefined ? '' : `, ${formatDuration(Math.max(nowMs - atMs, 0))} ago`}`;
}
