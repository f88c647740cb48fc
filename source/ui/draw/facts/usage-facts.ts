import type {Usage} from '../../../metrics/model/row.ts';
import {formatBytes, formatCores, formatDuration, UNKNOWN} from '../../format/numbers.ts';
import {fact, orUnknown} from './fact.ts';
import type {Fact} from './fact-columns.ts';

/** Facts that nodes, pods and containers have in common. */
export function usageFacts(row: Usage): readonly Fact[] {
	const {cpuSplit} = row;
	return [
		...(cpuSplit === undefined
			? []
			: [
					fact(
						'CPU',
						`user ${orUnknown(cpuSplit.user, formatCores)}, system ${orUnknown(cpuSplit.system, formatCores)}`,
					),
				]),
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

/** `4s old`, and the route if given: `4s old via kubelet`. */
export function sampleText({receivedAtMs}: Usage, nowMs: number, route: string): string {
	return receivedAtMs === undefined
		? UNKNOWN
		: `${formatDuration(Math.max(nowMs - receivedAtMs, 0))} old${route}`;
}

function perSecond(value: number): string {
	return value >= 10 ? value.toFixed(0) : value.toFixed(1);
}
