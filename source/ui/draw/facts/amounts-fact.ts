import type {ResourceAmounts} from '../../../metrics/model/inventory.ts';
import {ratio} from '../../../metrics/model/ratio.ts';
import type {Usage} from '../../../metrics/model/row.ts';
import {formatBytes, formatCores} from '../../format/numbers.ts';
import type {Theme} from '../../theme/theme.ts';
import {bar, highest, orUnknown} from './fact.ts';
import type {Fact} from './fact-columns.ts';

/** Requests or limits of pods, with their share of what the node or cluster has for pods. */
export function claimed(
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

/** Limits, with the share of them that is used. */
export function usedLimits(
	label: string,
	limits: ResourceAmounts | undefined,
	row: Usage,
	theme: Theme,
): Fact {
	return amountsFact(
		label,
		limits,
		ratio(row.cpuCores, limits?.cpuCores),
		ratio(row.memoryWorkingSetBytes, limits?.memoryBytes),
		theme,
	);
}

/** CPU and memory with their bars, on one line where there is room. */
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

export function amounts(of: ResourceAmounts | undefined): string {
	return `${orUnknown(of?.cpuCores, formatCores)} cores, ${orUnknown(of?.memoryBytes, formatBytes)}`;
}

function named(name: string, share: number | undefined, theme: Theme): readonly string[] {
	return share === undefined ? [] : [`${name} ${bar(share, theme)}`];
}
